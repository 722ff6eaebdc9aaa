"""Questions and ideas (提问与建议), each with somebody who answers by a day. Nothing here counts likes or views."""

from datetime import date, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from workspace.organization.models import Unit

ANSWER_WITHIN = timedelta(days=7)


class TopicQuerySet(models.QuerySet["Topic"]):
    def open(self) -> "TopicQuerySet":
        """Not answered yet."""
        return self.filter(answered_at__isnull=True)

    def answered(self) -> "TopicQuerySet":
        return self.filter(answered_at__isnull=False)

    def overdue(self, on: date) -> "TopicQuerySet":
        return self.open().filter(due__lt=on)

    def below(self, unit: Unit) -> "TopicQuerySet":
        return self.filter(unit__path__startswith=unit.path)


class Topic(models.Model):
    """One thing somebody asked or proposed. Where it stands is read off the dated columns."""

    class Kind(models.TextChoices):
        QUESTION = "question", _("提问")
        IDEA = "idea", _("建议")

    kind = models.CharField(max_length=8, choices=Kind.choices)
    title = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="topics")
    # Whose secretary or committee answers.
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="topics", db_index=False)
    # Seen by the one who asks and those who answer, and by nobody else.
    is_private = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    due = models.DateField()
    answered_at = models.DateTimeField(null=True, blank=True)
    adopted_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.CharField(max_length=300, blank=True)

    objects = TopicQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["unit", "-asked_at"], name="topic_of_unit")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind="idea") | Q(adopted_at=None, declined_at=None), name="only_ideas_are_decided"
            ),
            models.CheckConstraint(condition=Q(adopted_at=None) | Q(declined_at=None), name="one_decision_a_topic"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.answered_at is None

    @property
    def kind_in_a_sentence(self) -> str:
        """提问 or 建议; in English without the capital of a label."""
        return str(self.get_kind_display()).lower()

    def is_overdue(self, on: date) -> bool:
        """The day by which it should have been answered has passed."""
        return self.is_open and self.due < on


class Reply(models.Model):
    """Words under a topic; those marked as the answer come from somebody who answers for the unit."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="replies", db_index=False)
    text = models.TextField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    at = models.DateTimeField()
    is_answer = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["topic", "at"], name="reply_of_topic")]

    def __str__(self) -> str:
        return self.text[:40]
