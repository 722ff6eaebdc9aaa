"""A meeting or another activity (活动) of one unit."""

from datetime import date, datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from rules import EventKind
from workspace.organization.models import Unit


class ActivityQuerySet(models.QuerySet["Activity"]):
    def standing(self) -> "ActivityQuerySet":
        """Not cancelled."""
        return self.filter(cancelled_at__isnull=True)

    def closed(self) -> "ActivityQuerySet":
        """Held and put on record: the only ones that count for an obligation."""
        return self.standing().filter(closed_at__isnull=False)

    def below(self, unit: Unit) -> "ActivityQuerySet":
        """Those of the unit and of everything under it."""
        return self.filter(unit__path__startswith=unit.path)

    def between(self, first: date, last: date) -> "ActivityQuerySet":
        """Beginning on one of these days (Asia/Shanghai), both included."""
        start = timezone.make_aware(datetime(first.year, first.month, first.day))  # noqa: DTZ001 - made aware here
        end = timezone.make_aware(datetime(last.year, last.month, last.day)) + timedelta(days=1)  # noqa: DTZ001
        return self.filter(starts_at__gte=start, starts_at__lt=end)


class Activity(models.Model):
    """One gathering, from its plan to its closed record. Of several kinds at once, it meets several obligations."""

    class Audience(models.TextChoices):
        """Whom it is for. `BELOW` is what lets a member see an activity of a unit above their own."""

        MEMBERS = "members", _("本组织党员")
        COMMITTEE = "committee", _("本组织委员")
        BELOW = "below", _("本组织及下级全体党员")
        CHOSEN = "chosen", _("指定人员")

    class State(models.TextChoices):
        """Read off the clock and the dated columns, never stored."""

        PLANNED = "planned", _("未开始")
        RUNNING = "running", _("进行中")
        HELD = "held", _("待归档")
        CLOSED = "closed", _("已归档")
        CANCELLED = "cancelled", _("已取消")

    # A party group (党小组) that meets is the unit itself; the meeting counts for the branch above it.
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="activities", db_index=False)
    title = models.CharField(max_length=120)
    kinds = ArrayField(models.CharField(max_length=40))  # rules.EventKind
    # Keys of the obligations it was planned for (`branch.general_meeting/2026-Q3`). Late ones are made up for.
    aims = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.MEMBERS)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=120, blank=True)
    online_url = models.URLField(max_length=500, blank=True)
    host = models.CharField(max_length=60, blank=True)  # 主持人
    agenda = models.TextField(blank=True)
    preparation = models.TextField(blank=True)  # what to read or think about beforehand: the online half
    # Check-in is a convenience of this one activity. Empty: the organiser's roll alone is the record.
    check_in_seed = models.CharField(max_length=32, blank=True)
    check_in_opened_at = models.DateTimeField(null=True, blank=True)
    check_in_closed_at = models.DateTimeField(null=True, blank=True)
    notified_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveSmallIntegerField(default=0)  # SEQUENCE of the calendar feed

    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    cancel_reason = models.CharField(max_length=200, blank=True)
    # First put on record; a later reopening does not make the record late.
    recorded_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    report = models.TextField(blank=True)

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["unit", "starts_at"], name="activity_of_unit"),
            models.Index(fields=["starts_at"], name="activity_by_time"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="activity_ends_after_start"
            ),
            models.CheckConstraint(condition=models.Q(kinds__len__gt=0), name="activity_has_a_kind"),
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True) | models.Q(recorded_at__isnull=False),
                name="activity_closed_is_recorded",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def day(self) -> date:
        """The calendar day in Asia/Shanghai on which it begins: what periods are counted in."""
        return timezone.localtime(self.starts_at, timezone.get_default_timezone()).date()

    @property
    def event_kinds(self) -> list[EventKind]:
        """Its kinds in the order people expect them."""
        return [kind for kind in EventKind if kind.value in self.kinds]

    @property
    def kind_names(self) -> list[str]:
        """For people, in their language."""
        english = (get_language() or "").startswith("en")
        return [kind.label_en if english else kind.label for kind in self.event_kinds]

    @property
    def is_private(self) -> bool:
        """A heart-to-heart talk (谈心谈话): its words belong to those who talked."""
        return EventKind.HEART_TO_HEART.value in self.kinds

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None and not self.is_cancelled

    @property
    def takes_check_ins(self) -> bool:
        """Whether codes are being shown now."""
        opened = self.check_in_opened_at is not None and self.check_in_closed_at is None
        return opened and not self.is_closed and not self.is_cancelled

    def state(self, *, at: datetime) -> "Activity.State":
        """Where it stands at that instant."""
        if self.is_cancelled:
            return self.State.CANCELLED
        if self.is_closed:
            return self.State.CLOSED
        if at < self.starts_at:
            return self.State.PLANNED
        return self.State.RUNNING if at <= self.ends_at else self.State.HELD
