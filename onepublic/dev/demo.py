"""``./dev demo``: servers, web, worker and beat under one supervisor, with content to try."""

import argparse
import os
import socket
import sys
import time
import urllib.error
import urllib.request
from contextlib import ExitStack
from http import HTTPStatus
from pathlib import Path

from onepublic.dev import portal, processes, servers, supervisor
from onepublic.dev.console import Refusal, say, step
from onepublic.dev.state import State
from onepublic.dev.supervisor import Service

DEFAULT_PORT = 8000
SECONDS_TO_READY = 60
SECONDS_FOR_PORT = 3.0
NO_RESET = "DATABASE_URL を指定しているときは --reset を使えません。"
NO_START = "ポータルを起動できません。"
FAILED = "デモの準備に失敗しました。"


def run(root: Path, arguments: argparse.Namespace) -> int:
    """Run the demo until a signal ends it.

    Raises:
        Refusal: a second demo, a port in use, a server that can't start, content that can't load.
    """
    supervisor.stop_on_signals()
    state = State(root)
    with state.locked(), ExitStack() as stack:
        refuse_used_port(arguments.port)
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


def refuse_used_port(port: int) -> None:
    """Raises Refusal when the port stays in use; a killed predecessor may need a moment."""
    deadline = time.monotonic() + SECONDS_FOR_PORT
    while not _is_free(port):
        if time.monotonic() > deadline:
            raise Refusal(
                f"ポート {port} は使用中です。./dev demo --port で別の番号を指定してください。"
            )
        time.sleep(0.2)


def environment_for(state: State, ours: servers.Servers, port: int) -> dict[str, str]:
    """What every process of the demo gets."""
    settings = {
        "ONEPUBLIC_MODE": "demo",
        "SECRET_KEY": state.secret_key(),
        "PORTAL_URL": f"http://{portal.HOST}:{port}",
        "FILES_ROOT": str(state.files),
        "PYTHONUNBUFFERED": "1",
    }
    return {**os.environ, **settings, **ours.environment()}


def load(state: State, environment: dict[str, str], *, empty: bool) -> None:
    """Bring database and content up to date; every command may run again."""
    content = ["load_demo", *(["--empty"] if empty else [])]
    commands = {
        "データベースの構造の更新": ["migrate", "--no-input"],
        "画面の部品の準備": ["collectstatic", "--no-input"],
        "全国の地方公共団体の読み込み": ["load_organizations"],
        "デモの内容の読み込み": content,
    }
    log = state.log("load")
    for title, command in commands.items():
        with step(title):
            manage: processes.Command = [sys.executable, state.root / "manage.py", *command]
            failed = f"{title}に失敗しました。"
            processes.run(manage, log=log, env=environment, cwd=state.root, sentence=failed)


def serve(state: State, ours: servers.Servers, environment: dict[str, str], port: int) -> None:
    """Run the portal's processes until a signal comes."""
    services = portal.services(state, environment, port)
    with supervisor.running(services):
        with step("ポータルの起動"):
            wait_until_ready(services[0], state, port)
        state.write_running(environment)
        say_accounts(state, environment)
        say(f"READY http://{portal.HOST}:{port}/")
        try:
            supervisor.tend_forever([*portal.watched(ours), *services])
        except KeyboardInterrupt:
            say("停止しています…")


def wait_until_ready(web: Service, state: State, port: int) -> None:
    """Raises Refusal when the web server ended or stays unhealthy."""
    deadline = time.monotonic() + SECONDS_TO_READY
    while not _is_healthy(port):
        ended = web.child is None or web.child.poll() is not None
        if ended or time.monotonic() > deadline:
            raise Refusal(f"{NO_START}（詳細: {state.logs / 'web.log'}）")
        time.sleep(0.1)


def say_accounts(state: State, environment: dict[str, str]) -> None:
    log = state.log("accounts")
    command: processes.Command = [sys.executable, state.root / "manage.py", "demo_accounts"]
    processes.run(command, log=log, env=environment, cwd=state.root, sentence=FAILED)
    say(log.read_text())


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((portal.HOST, port))
        except OSError:
            return False
    return True


def _is_healthy(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://{portal.HOST}:{port}/healthz/", timeout=5) as answer:
            return bool(answer.status == HTTPStatus.OK)
    except (urllib.error.URLError, OSError):
        return False
