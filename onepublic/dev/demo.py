"""``./dev demo``: servers, web, worker and beat under one supervisor, with content to try."""

import argparse
import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

from onepublic.dev import address, portal, processes, servers, supervisor
from onepublic.dev.console import Refusal, say, step
from onepublic.dev.state import State

DEFAULT_PORT = 8000
NO_RESET = "DATABASE_URL を指定しているときは --reset を使えません。"
FAILED = "{}に失敗しました。"


def run(root: Path, arguments: argparse.Namespace) -> int:
    """Run the demo until a signal ends it.

    Raises:
        Refusal: a second demo, a port in use, a server that can't start, content that can't load.
    """
    supervisor.stop_on_signals()
    state = State(root)
    with state.locked(), ExitStack() as stack:
        address.refuse_used_port(arguments.port)
        if arguments.reset:
            reset(state)
        with step("データベースとキューの起動"):
            ours = stack.enter_context(servers.lasting(state))
        environment = environment_for(state, ours, arguments.port)
        load(state, environment, empty=arguments.empty)
        serve(state, ours, environment, arguments.port)
    say("停止しました。入力した内容は次の起動でもそのまま使えます。")
    return 0


def reset(state: State) -> None:
    if os.environ.get("DATABASE_URL"):
        raise Refusal(NO_RESET)
    state.reset()


def environment_for(state: State, ours: servers.Servers, port: int) -> dict[str, str]:
    """What every process of the demo gets."""
    settings = {
        "ONEPUBLIC_MODE": "demo",
        "SECRET_KEY": state.secret_key(),
        "PORTAL_URL": f"http://{address.HOST}:{port}",
        "FILES_ROOT": str(state.files),
        "PYTHONUNBUFFERED": "1",
    }
    return {**os.environ, **settings, **ours.environment()}


def load(state: State, environment: dict[str, str], *, empty: bool) -> None:
    """Bring database and content up to date; every command may run again."""
    content = ["load_demo", *(["--empty"] if empty else [])]
    commands = {
        "データベースの構造の更新": ["migrate", "--no-input"],
        "全国の地方公共団体の読み込み": ["load_organizations"],
        "デモの内容の読み込み": content,
    }
    look, look_log = "画面の部品の準備", state.log("static")
    meanwhile = start_manage(state, environment, look_log, "collectstatic", "--no-input")
    log = state.log("load")
    for title, command in commands.items():
        with step(title):
            child = start_manage(state, environment, log, *command)
            processes.finish(child, log=log, sentence=FAILED.format(title))
    with step(look):
        processes.finish(meanwhile, log=look_log, sentence=FAILED.format(look))


def start_manage(
    state: State, environment: dict[str, str], log: Path, *command: str
) -> subprocess.Popen[bytes]:
    program: processes.Command = [sys.executable, state.root / "manage.py", *command]
    return processes.start(program, log=log, env=environment, cwd=state.root)


def serve(state: State, ours: servers.Servers, environment: dict[str, str], port: int) -> None:
    """Run the portal's processes until a signal comes."""
    services = portal.services(state, environment, port)
    with supervisor.running(services):
        with step("ポータルの起動"):
            address.wait_until_ready(services[0], port, log=state.logs / "web.log")
        state.write_running(environment)
        say_accounts(state, environment)
        try:
            say(f"READY http://{address.HOST}:{port}/")
            supervisor.tend_forever([*portal.watched(ours), *services])
        except KeyboardInterrupt:
            say("停止しています…")


def say_accounts(state: State, environment: dict[str, str]) -> None:
    log = state.log("accounts")
    child = start_manage(state, environment, log, "demo_accounts")
    processes.finish(child, log=log, sentence=FAILED.format("アカウントの一覧の表示"))
    say(log.read_text())
