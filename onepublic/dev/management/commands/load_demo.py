"""``manage.py load_demo``: people, notices and surveys to try the portal with."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from onepublic.dev.seeding.activity import load_activity
from onepublic.dev.seeding.afterwards import load_afterwards
from onepublic.dev.seeding.collecting import load_collection, load_reminders
from onepublic.dev.seeding.conversations import load_conversations
from onepublic.dev.seeding.dealings import load_dealings
from onepublic.dev.seeding.divisions import load_divisions
from onepublic.dev.seeding.drafts import load_drafts
from onepublic.dev.seeding.notices import load_notices
from onepublic.dev.seeding.people import load_people
from onepublic.dev.seeding.preparations import load_preparations
from onepublic.dev.seeding.staff import Staff
from onepublic.dev.seeding.surveys import load_surveys


class Command(BaseCommand):
    help = "デモ用のアカウント・通知・調査を取り込みます。2回目からは、あるものを変えません。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--empty", action="store_true", help="アカウントだけを取り込みます")

    def handle(self, *, empty: bool, **options: Any) -> None:
        """All or nothing: an interrupted load leaves the database as it was."""
        with transaction.atomic():
            load_people()
            if empty:
                self.stdout.write("デモ用アカウントを取り込みました。")
                return
            staff = Staff()
            surveys = load_surveys(staff)  # first: the newest notice is the newest thing told of
            if surveys:
                load_reminders()
            notices = load_notices(staff)
            drafts = 0
            if surveys:
                load_dealings(staff)
                load_collection()
                load_preparations()
            if notices:
                load_afterwards(staff)
                load_activity()
                load_conversations()
                drafts = load_drafts(staff)
                load_divisions()
        loaded = f"通知 {notices}件、起案 {drafts}件、調査 {surveys}件"
        self.stdout.write(f"{loaded}を取り込みました。")
