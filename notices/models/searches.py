"""Searches that a person keeps, and what they found since."""

from urllib.parse import urlencode

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from notices.models.notices import Notice


class SavedSearch(models.Model):
    """Terms as typed and facets as chosen; ``lexemes`` is what the index is asked, if anything."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches"
    )
    name = models.CharField("名前", max_length=60)
    typed = models.CharField("探す語", max_length=200, blank=True)
    chosen = models.JSONField("絞り込み", default=dict)
    lexemes = models.TextField("索引への問合せ", blank=True)
    notify = models.BooleanField("新しい通知を知らせる", default=False)
    created_at = models.DateTimeField("登録日時", db_default=Now(), editable=False)

    class Meta:
        verbose_name = "保存した検索"
        constraints = [
            models.UniqueConstraint(fields=["user", "name"], name="saved_search_name_once")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def query_string(self) -> str:
        """The address of its hits, behind that of the page."""
        return f"?{urlencode({'q': self.typed} | self.chosen)}"


class SavedSearchHit(models.Model):
    """A notice that fitted a saved search when it was published, of which the person was told."""

    search = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, related_name="hits")
    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = "保存した検索に当てはまった通知"
        constraints = [
            models.UniqueConstraint(fields=["notice", "search"], name="saved_search_hit_once")
        ]

    def __str__(self) -> str:
        return f"{self.search_id} {self.notice_id}"


class UnmatchedNotice(models.Model):
    """A notice whose entry is new, or has grown, since saved searches were looked through."""

    notice = models.OneToOneField(
        Notice, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )

    class Meta:
        verbose_name = "保存した検索と未照合の通知"

    def __str__(self) -> str:
        return str(self.notice_id)
