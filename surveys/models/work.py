"""How an organization works on one response: parts, remarks, submissions, uploads."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.models import Division
from onepublic.files.models import StoredFile
from surveys.exchange import ExtensionQuerySet, RemarkQuerySet
from surveys.models.assignments import Assignment
from surveys.models.surveys import QuestionnaireRevision
from surveys.states import ExtensionState, Stage


class SectionWork(models.Model):
    """Who works on one section, and whether it is done. Without a row, or without a division,
    the section is with the division that gathers the response.
    """

    assignment = models.ForeignKey(
        Assignment, on_delete=models.CASCADE, related_name="section_works"
    )
    section_id = models.CharField("節", max_length=64)
    division = models.ForeignKey(
        Division, verbose_name="担当の課室", null=True, on_delete=models.PROTECT, related_name="+"
    )
    note = models.CharField("連絡事項", max_length=400, blank=True)
    handed_at = models.DateTimeField("依頼日時", null=True)
    handed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    done_at = models.DateTimeField("完了日時", null=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "節の分担"
        constraints = [
            models.UniqueConstraint(fields=["assignment", "section_id"], name="section_work_once"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="section_work_done_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id}.{self.section_id}"


class Remark(models.Model):
    """What somebody who checks a response has to say of one question, or of the whole ("")."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="remarks")
    question_id = models.CharField("設問", max_length=64, blank=True)
    stage = models.CharField("段階", max_length=10, choices=Stage)
    text = models.TextField("内容", max_length=1000)
    written_at = models.DateTimeField("日時", db_default=Now(), editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    settled_at = models.DateTimeField("対応済みの日時", null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = "指摘"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.assignment_id}.{self.question_id}"


class Submission(models.Model):
    """One handing in, with the answers as they were; kept when it is pulled back or returned.

    ``values`` by field key and ``reasons`` by rule id are the words of that day; ``requested_by``
    is who asked for the approval that ``submitted_by`` gave, None where one person does both.
    """

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField("回")
    receipt_number = models.CharField("受付番号", max_length=30, unique=True)
    submitted_at = models.DateTimeField("提出日時", db_default=Now(), editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    revision = models.ForeignKey(
        QuestionnaireRevision, verbose_name="調査票", on_delete=models.PROTECT, related_name="+"
    )
    requested_at = models.DateTimeField("決裁を求めた日時", null=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="決裁を求めた人",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    deadline = models.DateTimeField("提出したときの期限")
    values = models.JSONField("回答", default=dict)
    reasons = models.JSONField("注意に対する理由", default=dict)
    not_applicable_reason = models.TextField("該当なしの理由", blank=True)
    files = models.ManyToManyField(StoredFile, related_name="+")
    ended_at = models.DateTimeField("取り戻し又は差戻しの日時", null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    end_reason = models.TextField("取り戻し又は差戻しの理由", max_length=1000, blank=True)

    class Meta:
        verbose_name = "提出"
        constraints = [
            models.UniqueConstraint(fields=["assignment", "number"], name="submission_number_once"),
            models.UniqueConstraint(
                fields=["assignment"],
                condition=Q(ended_at__isnull=True),
                name="submission_one_in_force",
            ),
        ]

    def __str__(self) -> str:
        return self.receipt_number

    @property
    def is_late(self) -> bool:
        """Handed in at or after the deadline that counted then."""
        return self.submitted_at >= self.deadline


class ExtensionRequest(models.Model):
    """An organization asks for more time; the division that runs the survey decides, or gives it
    unasked: then it is the division's person who ``asked_by`` names, and its ``reason``.
    """

    assignment = models.ForeignKey(
        Assignment, on_delete=models.CASCADE, related_name="extension_requests"
    )
    until = models.DateField("希望する期限")
    reason = models.TextField("理由", max_length=1000)
    state = models.CharField(
        "状態", max_length=10, choices=ExtensionState, default=ExtensionState.ASKED
    )
    asked_at = models.DateTimeField("申請日時", db_default=Now(), editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField("決定日時", null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    remark = models.TextField("連絡事項", max_length=1000, blank=True)

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        verbose_name = "期限延長の申請"
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"],
                condition=Q(state=ExtensionState.ASKED),
                name="extension_one_open_request",
            ),
            models.CheckConstraint(
                condition=Q(state=ExtensionState.ASKED, decided_at__isnull=True)
                | (~Q(state=ExtensionState.ASKED) & Q(decided_at__isnull=False)),
                name="extension_decided_exactly_when_not_asked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} → {self.until}"


class AnswerUpload(models.Model):
    """A filled answer workbook that was read and waits for its differences to be taken over.

    ``reading`` is what was found in it: changes with the revision that each field had, and
    complaints by sheet and cell.
    """

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="uploads")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    reading = models.JSONField("読取り結果")
    uploaded_at = models.DateTimeField("読込み日時", db_default=Now(), editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    settled_at = models.DateTimeField("反映又は破棄の日時", null=True)
    taken_over = models.BooleanField("反映した", default=False)

    class Meta:
        verbose_name = "回答用Excelの読込み"

    def __str__(self) -> str:
        return f"{self.assignment_id} 読込み{self.pk}"
