"""``manage.py index_notices``: let search find what was published before it could be found."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from notices.models import Notice
from notices.search.indexing import index_notice

REPORT_EVERY = 500


class Command(BaseCommand):
    help = (
        "発出済みの通知を全文検索の索引に登録し直します。"
        "途中で止めても、何度実行しても差し支えありません。"
    )

    def handle(self, **options: Any) -> None:
        """One notice a transaction, the newest first; nobody is told of what is not new."""
        keys = list(Notice.objects.published().order_by("-pk").values_list("pk", flat=True))
        for done, key in enumerate(keys, start=1):
            index_again(key)
            if done % REPORT_EVERY == 0:
                self.stdout.write(f"{done:,} / {len(keys):,}件")
        self.stdout.write(f"通知 {len(keys):,}件を登録しました。")


@transaction.atomic
def index_again(key: int) -> None:
    """Index a notice as it is now; whoever changes it meanwhile is waited for."""
    notice = Notice.objects.select_for_update(of=("self",)).get(pk=key)
    index_notice(notice, is_news=False)
