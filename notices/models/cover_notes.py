"""A prefecture's note to its municipalities about a notice, beside the untouched original."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.models import Organization
from notices.exchange import CoverNoteQuerySet
from notices.models.notices import Notice
from onepublic.files.models import StoredFile


class CoverNote(models.Model):
    """One wording of the note: a draft while ``published_at`` is empty, then left as it is.

    ``sequence`` counts the wordings of a prefecture's note about one notice; the highest published
    one counts, and from the second on it is marked as renewed (更新). ``revision`` grows with every
    change of a draft. ``due_on`` is a day before the ministry's, by which the prefecture asks its
    municipalities to act.
    """

    notice = models.ForeignKey(
        Notice, verbose_name="通知", on_delete=models.PROTECT, related_name="cover_notes"
    )
    prefecture = models.ForeignKey(
        Organization, verbose_name="都道府県", on_delete=models.PROTECT, related_name="cover_notes"
    )
    sequence = models.PositiveSmallIntegerField("版", default=1)
    text = models.TextField("本文", max_length=5000, blank=True)
    due_on = models.DateField("都道府県への期限", null=True, blank=True)
    revision = models.PositiveIntegerField("改訂番号", default=1)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="作成者",
        on_delete=models.PROTECT,
        related_name="+",
    )
    written_at = models.DateTimeField("作成日時", db_default=Now())
    published_at = models.DateTimeField("連絡日時", null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="連絡した人",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = CoverNoteQuerySet.as_manager()

    class Meta:
        verbose_name = "都道府県からの連絡"
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "prefecture", "sequence"], name="cover_note_sequence_once"
            ),
            models.UniqueConstraint(
                fields=["notice", "prefecture"],
                condition=Q(published_at__isnull=True),
                name="cover_note_one_draft",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, published_by__isnull=True)
                | (Q(published_at__isnull=False, published_by__isnull=False) & ~Q(text="")),
                name="cover_note_published_by_somebody_with_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.prefecture}からの連絡"

    @property
    def is_renewed(self) -> bool:
        """Whether the municipalities had an earlier wording."""
        return self.sequence > 1


class CoverNoteFile(models.Model):
    """A file that comes with one wording, in its order."""

    cover_note = models.ForeignKey(CoverNote, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField("順序")

    class Meta:
        verbose_name = "都道府県からの連絡の添付"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["cover_note", "position"], name="cover_note_file_position_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.file)
