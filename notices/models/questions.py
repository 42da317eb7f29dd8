"""Questions on a notice, what was answered, and what of it is published for all."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.models import Division, Organization
from notices.exchange import QuestionQuerySet
from notices.models.notices import Notice


class Question(models.Model):
    """A thread: one organization asks, the issuing division answers.

    ``is_waiting``: the last word is the asker's. ``has_news``: the last word is an answer that
    nobody who may ask has opened. What is published (``public_question``, ``public_answer``) has
    a wording of its own and never names who asked.
    """

    notice = models.ForeignKey(
        Notice, verbose_name="通知", on_delete=models.PROTECT, related_name="questions"
    )
    organization = models.ForeignKey(
        Organization, verbose_name="質問した機関", on_delete=models.PROTECT, related_name="+"
    )
    division = models.ForeignKey(
        Division, verbose_name="質問した課室", on_delete=models.PROTECT, related_name="+"
    )
    is_waiting = models.BooleanField("回答待ち", default=True)
    has_news = models.BooleanField("未読の回答", default=False)
    public_question = models.TextField("公開する質問", max_length=2000, blank=True)
    public_answer = models.TextField("公開する回答", max_length=5000, blank=True)
    published_at = models.DateTimeField("公開日時", null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="公開した人",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = "通知への質問"
        constraints = [
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, published_by__isnull=True)
                | (
                    Q(published_at__isnull=False, published_by__isnull=False)
                    & ~Q(public_question="")
                    & ~Q(public_answer="")
                ),
                name="question_published_with_its_words",
            ),
            models.CheckConstraint(
                condition=Q(is_waiting=False) | Q(has_news=False),
                name="question_waits_or_has_news",
            ),
        ]
        indexes = [
            models.Index(fields=["notice"], condition=Q(is_waiting=True), name="question_waiting"),
            models.Index(
                fields=["organization"], condition=Q(has_news=True), name="question_with_news"
            ),
            models.Index(
                fields=["notice", "published_at"],
                condition=Q(published_at__isnull=False),
                name="question_public",
            ),
        ]

    def __str__(self) -> str:
        return f"通知{self.notice_id}への質問"


class Message(models.Model):
    """One question or answer in a thread. ``key`` comes with the form: sent twice, said once."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="messages")
    is_answer = models.BooleanField("回答")
    text = models.TextField("内容", max_length=5000)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="書いた人",
        on_delete=models.PROTECT,
        related_name="+",
    )
    said_at = models.DateTimeField("日時", db_default=Now())
    key = models.UUIDField("控え番号", unique=True, editable=False)

    class Meta:
        verbose_name = "質問と回答"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text
