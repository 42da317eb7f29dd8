"""What ``./dev`` understands."""

import argparse
from pathlib import Path

from onepublic.dev import checks, demo, locking, managing, testing

PASSED_ON = {
    "test": (testing.run, "すべてのテストを実行します（引数は pytest に渡します）"),
    "manage": (managing.run, "manage.py のコマンドを実行します"),
    "bench": (testing.bench, "性能を測定します"),
}


def run(root: Path, arguments: list[str]) -> int:
    """Do what the command line says; the exit code.

    Raises:
        Refusal: it can't be done.
    """
    if arguments and arguments[0] in PASSED_ON:
        return PASSED_ON[arguments[0]][0](root, arguments[1:])
    chosen = parser().parse_args(arguments)
    code: int = chosen.run(root, chosen)
    return code


def parser() -> argparse.ArgumentParser:
    """The commands with options of our own; the others hand everything on."""
    top = argparse.ArgumentParser(prog="./dev", description="OnePublic の開発コマンド")
    commands = top.add_subparsers(required=True, metavar="コマンド")
    shown = commands.add_parser("demo", help="デモを起動します")
    port = f"ポート番号（既定は {demo.DEFAULT_PORT}）"
    shown.add_argument("--port", type=int, default=demo.DEFAULT_PORT, help=port)
    shown.add_argument("--empty", action="store_true", help="組織だけを読み込みます")
    shown.add_argument("--reset", action="store_true", help="入力した内容を消して作り直します")
    shown.set_defaults(run=demo.run)
    commands.add_parser("check", help="書式・型・構造を検査します").set_defaults(run=checks.run)
    commands.add_parser("lock", help="ロックファイルを作り直します").set_defaults(run=locking.run)
    for name, (_, meaning) in PASSED_ON.items():
        commands.add_parser(name, help=meaning)
    return top
