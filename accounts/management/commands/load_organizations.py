"""``manage.py load_organizations``: the official lists of organizations into the database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.actions.load_organizations import load_organizations
from accounts.master.plan import Difference, changed_fields
from accounts.master.records import DivisionRecord, OrganizationRecord
from accounts.master.tables import MasterRefused

SHOWN = 20


class Command(BaseCommand):
    help = "機関と課室の一覧（CSV）を取り込みます。何度実行しても同じ結果になり、行は削除しません。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="変更の内容を示すだけにします")
        parser.add_argument("--folder", type=Path, default=settings.BASE_DIR / "accounts" / "data")

    def handle(self, *, folder: Path, dry_run: bool, **options: Any) -> None:
        """Print what is changed; end with an error that names line and column when refused."""
        try:
            plan = load_organizations(folder, dry_run=dry_run)
        except MasterRefused as refused:
            raise CommandError(f"取り込みませんでした。何も変更していません。\n{refused}") from None
        self._show("機関", plan.organizations)
        self._show("課室", plan.divisions)
        if dry_run:
            self.stdout.write("確認だけ行いました。何も変更していません。")

    def _show(
        self,
        what: str,
        difference: Difference[OrganizationRecord] | Difference[DivisionRecord],
    ) -> None:
        self.stdout.write(
            f"{what}: 新規 {len(difference.new)}件、変更 {len(difference.changed)}件、"
            f"一覧に無く残すもの {len(difference.lacking)}件"
        )
        for record in difference.new[:SHOWN]:
            self.stdout.write(f"  ＋ {record.code} {record.name}")
        if len(difference.new) > SHOWN:
            self.stdout.write(f"  ＋ ほか {len(difference.new) - SHOWN}件")
        for before, after in difference.changed:
            for name, (old, new) in changed_fields(before, after).items():  # type: ignore[type-var]
                self.stdout.write(f"  変更 {after.code} {after.name} {name}: {old} → {new}")
        for code in difference.lacking:
            self.stdout.write(f"  残す {code}")
