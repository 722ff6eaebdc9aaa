"""A time away without a transfer: floating (流动), after graduation, abroad, or out of contact (失联)."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from workspace.members.models import Member
from workspace.organization.models import Unit
from workspace.transfers.models.contacts import Contact, newest_first


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def open(self) -> "AbsenceQuerySet":
        """Not over yet, of people who are still on the register."""
        return self.filter(ended_on__isnull=True, member__left_on__isnull=True)

    def overdue(self, on: date) -> "AbsenceQuerySet":
        """The day of the next contact has passed."""
        return self.open().filter(next_contact_on__lt=on)

    def below(self, unit: Unit) -> "AbsenceQuerySet":
        return self.filter(member__unit__path__startswith=unit.path)


class Absence(models.Model):
    """What the branch knows of somebody who is away, and every contact since. Nothing here changes a membership."""

    class Kind(models.TextChoices):
        FLOATING = "floating", _("流动党员")
        GRADUATE = "graduate", _("毕业生")
        ABROAD = "abroad", _("出国（境）")
        LOST = "lost", _("失去联系")

    class Reason(models.TextChoices):
        """Why somebody is away. Out of contact: the code set of the yearly statistics (marked B)."""

        WORK = "work", _("外出务工经商")
        RESTRUCTURED = "restructured", _("单位改制或破产")
        GRADUATED = "graduated", _("毕业后去向不明")
        CHANGED_JOB = "changed_job", _("工作单位改变")
        ABROAD = "abroad", _("出国（境）")
        MOVED_HOUSE = "moved_house", _("居住地改变")
        FAMILY = "family", _("照顾家人、投靠亲属")
        STUDY = "study", _("学习、研究")
        POSTED = "posted", _("因公派出")
        PRIVATE = "private", _("因私出国（境）")
        NO_JOB_YET = "no_job_yet", _("尚未落实工作单位")
        OTHER = "other", _("其他")

    class Ending(models.TextChoices):
        RETURNED = "returned", _("已返回")
        TRANSFERRED = "transferred", _("组织关系已转出")
        FOUND = "found", _("已取得联系")
        LEFT = "left", _("已离开名册")
        MISTAKE = "mistake", _("误登记")

    REASONS: ClassVar = {
        Kind.FLOATING: (Reason.WORK, Reason.CHANGED_JOB, Reason.MOVED_HOUSE, Reason.FAMILY, Reason.STUDY, Reason.OTHER),
        Kind.GRADUATE: (Reason.NO_JOB_YET, Reason.STUDY, Reason.OTHER),
        Kind.ABROAD: (Reason.STUDY, Reason.POSTED, Reason.PRIVATE, Reason.OTHER),
        Kind.LOST: (
            Reason.WORK, Reason.RESTRUCTURED, Reason.GRADUATED, Reason.CHANGED_JOB, Reason.ABROAD, Reason.MOVED_HOUSE,
            Reason.OTHER,
        ),
    }  # fmt: skip

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="absences", db_index=False)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    since = models.DateField()  # went away, graduated, or the last contact before it was lost
    expected_until = models.DateField(null=True, blank=True)
    place = models.CharField(max_length=120, blank=True)
    has_fixed_place = models.BooleanField(default=False)
    reason = models.CharField(max_length=12, choices=Reason.choices)
    note = models.CharField(max_length=200, blank=True)
    contact_months = models.SmallIntegerField()  # how often somebody gets in touch
    contacted_on = models.DateField(null=True)  # the last contact that reached them
    next_contact_on = models.DateField(null=True)  # None when the period is over
    contacts = models.JSONField(default=list)  # of `Contact`, as they were entered
    ended_on = models.DateField(null=True, blank=True)
    ended_for = models.CharField(max_length=12, choices=Ending.choices, blank=True)
    ended_note = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    reminded_on = models.DateField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("流动、出国（境）与失联")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["member", "kind"], condition=Q(ended_on=None), name="one_open_absence_a_kind"
            ),
            models.CheckConstraint(condition=Q(ended_on=None) | Q(ended_on__gte=F("since")), name="absence_ends_later"),
            models.CheckConstraint(condition=Q(contact_months__gte=1), name="contact_every_month_or_more"),
        ]

    def __str__(self) -> str:
        return f"{self.member} · {self.get_kind_display()}"

    @property
    def is_open(self) -> bool:
        return self.ended_on is None

    def is_overdue(self, on: date) -> bool:
        return self.next_contact_on is not None and self.next_contact_on < on

    @property
    def history(self) -> list[Contact]:
        """Newest first."""
        return newest_first(Contact.of(row) for row in self.contacts)
