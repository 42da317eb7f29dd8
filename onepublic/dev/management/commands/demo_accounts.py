"""``manage.py demo_accounts``: the demo's people as a table."""

from typing import Any

from django.core.management.base import BaseCommand

from accounts.models import Organization
from onepublic.dev.seeding.people import NAMED_PEOPLE, PASSWORD


class Command(BaseCommand):
    help = "デモ用アカウントの一覧を表示します。"

    def handle(self, **options: Any) -> None:
        """One line per named person; the password is the same for all."""
        names = dict(Organization.objects.values_list("code", "name"))
        self.stdout.write(f"デモ用アカウント（パスワードは全て {PASSWORD}）:")
        for person in NAMED_PEOPLE:
            place = names.get(person.organization, person.organization)
            self.stdout.write(f"  {person.email:<24}{place} {person.name}: {person.tries}")
        self.stdout.write("  ほかに、全ての機関の窓口アカウントが /demo/ から使えます。")
