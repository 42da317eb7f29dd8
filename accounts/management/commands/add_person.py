"""``manage.py add_person``: the first people of a new server, such as its system administrator."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from accounts.actions.people import add_person, division_named
from accounts.states import Role


class Command(BaseCommand):
    help = (
        "利用者を登録します。"
        "パスワードは、本人がログイン画面の「パスワードを忘れた方」から設定します。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("name")
        parser.add_argument("--organization", required=True, help="機関コード（本省は mhlw）")
        parser.add_argument("--division", default="", help="課室コード（省略すると窓口）")
        parser.add_argument("--role", action="append", required=True, choices=Role.values)

    def handle(
        self,
        *,
        email: str,
        name: str,
        organization: str,
        division: str,
        role: list[str],
        **options: Any,
    ) -> None:
        """One person, one membership; an error in one sentence, and nothing is changed."""
        try:
            place = division_named(organization, division)
            roles = [Role(one) for one in role]
            add_person(email=email, name=name, division=place, roles=roles, by=None)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        self.stdout.write(f"{place.organization} {place} に {name} を登録しました。")
