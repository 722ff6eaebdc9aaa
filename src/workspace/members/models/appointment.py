"""Posts (职务) that members hold in a unit."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shared.clock import today
from workspace.members.models.member import Member
from workspace.organization.models import Unit


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def current(self, on: date | None = None) -> "AppointmentQuerySet":
        """Held on that day, today when none is given. `until` is the first day on which the post is no longer held."""
        day = on or today()
        return self.filter(Q(until__isnull=True) | Q(until__gt=day), since__lte=day)


class Appointment(models.Model):
    """A member holds a post (职务) of a unit, from a day and perhaps until one."""

    class Post(models.TextChoices):
        SECRETARY = "secretary", _("书记")
        DEPUTY = "deputy", _("副书记")
        ORGANISATION = "organisation", _("组织委员")
        PUBLICITY = "publicity", _("宣传委员")
        DISCIPLINE = "discipline", _("纪检委员")
        YOUTH = "youth", _("青年委员")
        COMMITTEE = "committee", _("委员")

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="appointments", db_index=False)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="appointments")
    post = models.CharField(max_length=12, choices=Post.choices)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit"], condition=Q(post="secretary", until__isnull=True), name="one_secretary_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["unit", "member", "post"], condition=Q(until__isnull=True), name="one_post_held_once"
            ),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="post_ends_after"),
        ]

    def __str__(self) -> str:
        return f"{self.member} · {self.get_post_display()} · {self.unit}"
