"""The portal as real servers run it: Debian's PostgreSQL and Redis, compose's own commands."""

import re
import shutil
import signal
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from onepublic.dev import processes
from tests.dev import real_servers
from tests.dev.compose import ROOT, services
from tests.dev.real_servers import HOST, Portal, until
from tests.smtp_sink import SmtpSink, smtp_sink

pytestmark = pytest.mark.services
MAKE_A_PERSON = """
from accounts.models import User
User.objects.create_user("officer@city.example", "correct horse 9 battery", name="担当者")
"""


PUBLISH = """
from accounts.models import Membership
from accounts.states import DivisionKind, Role
from tests.factories.accounts import DivisionFactory, OrganizationFactory, UserFactory
from tests.factories.notices import published
village = OrganizationFactory.create()
window = DivisionFactory.create(organization=village, kind=DivisionKind.WINDOW, is_window=True)
officer = UserFactory.create(email="officer@village.example")
Membership.objects.create(user=officer, division=window, roles=[Role.VIEWER])
published(to=[village])
"""


@pytest.fixture(scope="module")
def sink() -> Iterator[SmtpSink]:
    with smtp_sink() as sink:
        yield sink


@pytest.fixture(scope="module")
def portal(sink: SmtpSink) -> Iterator[Portal]:
    """Web, worker and beat, started as docker-compose.yml says, on an empty database."""
    if not (real_servers.POSTGRES_PROGRAMS and real_servers.REDIS_SERVER.exists()):
        pytest.skip(real_servers.MISSING)
    home = Path(tempfile.mkdtemp(prefix="onepublic-test-", dir="/tmp"))
    home.chmod(0o755)
    for name in ("redis", "image"):
        (home / name).mkdir()
    redis_port = real_servers.free_port()
    broker = real_servers.start_redis(home / "redis", redis_port)
    database = real_servers.start_postgres(home / "postgres")
    environment = real_servers.environment(
        database=database.url, redis_port=redis_port, smtp_port=sink.port, home=home
    )
    portal = Portal(home / "image", environment)
    try:
        collected = portal.run("python", "manage.py", "collectstatic", "--no-input")
        assert collected.returncode == 0, collected.stderr
        migrated = portal.run(*services()["migrate"]["command"])
        assert migrated.returncode == 0, migrated.stderr
        for name in ("web", "worker", "beat"):
            portal.start(name)
        yield portal
    finally:
        portal.stop()
        database.stop()
        processes.stop(broker, signal.SIGTERM)
        shutil.rmtree(home)


def visit(
    portal: Portal, path: str, *, form: dict[str, str] | None = None, cookie: str = ""
) -> tuple[int, str, str]:
    """Status, page and cookies, asked for as the proxy asks: with the portal's name, over TLS."""
    headers = {"Host": HOST, "X-Forwarded-Proto": "https", "Cookie": cookie}
    headers["Referer"] = f"https://{HOST}/"
    url = f"http://127.0.0.1:{portal.environment['GRANIAN_PORT']}{path}"
    content = urlencode(form).encode() if form else None
    request = urllib.request.Request(url, data=content, headers=headers)
    opener = urllib.request.build_opener(NoRedirect)
    try:
        with opener.open(request, timeout=10) as answer:
            return answer.status, answer.read().decode(), answer.headers.get("Set-Cookie", "")
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode(), ""


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def test_the_environment_is_exactly_that_of_compose() -> None:
    ours = real_servers.environment(database="", redis_port=1, smtp_port=1, home=Path("/"))

    assert sorted(ours) == sorted(services()["web"]["environment"])


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_every_process_becomes_healthy(portal: Portal, name: str) -> None:
    until(lambda: portal.is_healthy(name))

    assert portal.is_healthy(name)


def test_the_sign_in_page_opens_and_the_demo_is_not_there(portal: Portal) -> None:
    until(lambda: portal.is_healthy("web"))

    status, page, _ = visit(portal, "/accounts/login/")
    demo_status, _, _ = visit(portal, "/demo/")

    assert (status, demo_status) == (200, 404)
    assert 'name="login"' in page


def test_a_link_for_a_password_leaves_through_the_mail_server(
    portal: Portal, sink: SmtpSink
) -> None:
    until(lambda: portal.is_healthy("web"))
    made = portal.run("python", "manage.py", "shell", "-c", MAKE_A_PERSON)
    assert made.returncode == 0, made.stderr
    _, page, cookie = visit(portal, "/accounts/password/reset/")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token is not None

    form = {"csrfmiddlewaretoken": token.group(1), "email": "officer@city.example"}
    status, _, _ = visit(portal, "/accounts/password/reset/", form=form, cookie=cookie)

    assert status == 302
    until(lambda: ["officer@city.example"] in sink.recipients)


def test_the_worker_tells_of_a_published_notice(portal: Portal, sink: SmtpSink) -> None:
    shell = ("python", "manage.py", "shell", "-c", PUBLISH)
    made = portal.run(*shell, PYTHONPATH=str(ROOT))  # the factories are not in the image
    assert made.returncode == 0, made.stderr

    until(lambda: ["officer@village.example"] in sink.recipients)
