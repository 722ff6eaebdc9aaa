"""A transfer of the formal relation (组织关系转接): a letter on its way, and what became of it."""

from datetime import date, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from rules.transfers import Letter, LetterState
from workspace.members.models import Member
from workspace.organization.models import Unit
from workspace.transfers.models.letterhead import Letterhead
from workspace.transfers.models.newcomer import Newcomer


class TransferQuerySet(models.QuerySet["Transfer"]):
    def open(self) -> "TransferQuerySet":
        """Neither accepted, rejected nor revoked, expired or not."""
        return self.filter(outcome=Transfer.Outcome.OPEN)

    def expired(self, on: date) -> "TransferQuerySet":
        """Open letters whose last day has passed: they stay until somebody sees to them."""
        return self.open().filter(expires_on__lt=on)

    def touching(self, unit: Unit) -> "TransferQuerySet":
        """From or to the unit or anything below it."""
        below = unit.path
        return self.filter(Q(origin__path__startswith=below) | Q(destination__path__startswith=below))


class Transfer(models.Model):
    """One person, one letter. Issuing moves nobody: until acceptance the old organisation stays responsible."""

    class Kind(models.TextChoices):
        WITHIN = "within", _("单位内转接")
        OUT = "out", _("转出到外单位")
        IN = "in", _("从外单位转入")

    class Outcome(models.TextChoices):
        OPEN = "open", _("待接收")
        ACCEPTED = "accepted", _("已接收")
        REJECTED = "rejected", _("未接收")
        REVOKED = "revoked", _("已撤回")

    class Reason(models.TextChoices):
        """Why the relation moves."""

        WORK = "work", _("工作调动")
        GRADUATION = "graduation", _("毕业离校")
        STUDY = "study", _("升学")
        RESIDENCE = "residence", _("居住地变动")
        RETIREMENT = "retirement", _("离退休")
        SERVICE = "service", _("退役、转业")
        STRUCTURE = "structure", _("党组织调整")
        OTHER = "other", _("其他")

    kind = models.CharField(max_length=6, choices=Kind.choices)
    # Empty for somebody from outside until the branch takes them in.
    member = models.ForeignKey(Member, null=True, on_delete=models.CASCADE, related_name="transfers", db_index=False)
    person_name = models.CharField(max_length=60)
    newcomer = models.JSONField(default=dict)  # a `Newcomer` while one from outside waits
    origin = models.ForeignKey(Unit, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    origin_name = models.CharField(max_length=120)
    destination = models.ForeignKey(Unit, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    destination_name = models.CharField(max_length=120)
    reason = models.CharField(max_length=10, choices=Reason.choices, default=Reason.WORK)
    # Ours: 代字, year and running number; of a letter from outside only the text that it bears.
    number = models.CharField(max_length=60, blank=True)
    year = models.SmallIntegerField(null=True)
    serial = models.IntegerField(null=True)
    issued_on = models.DateField()
    valid_days = models.SmallIntegerField()
    expires_on = models.DateField()  # the last day, worked out from the two
    paid_until = models.DateField(null=True, blank=True)  # first day of the month up to which dues are paid
    letterhead = models.JSONField(default=dict)  # a `Letterhead`
    outcome = models.CharField(max_length=8, choices=Outcome.choices, default=Outcome.OPEN)
    closed_on = models.DateField(null=True, blank=True)
    remark = models.CharField(max_length=200, blank=True)  # why it was rejected or revoked; note on the receipt
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    reminded_on = models.DateField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = TransferQuerySet.as_manager()

    class Meta:
        verbose_name = _("组织关系转接")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["member"], condition=Q(outcome="open"), name="one_open_transfer_a_member"),
            models.UniqueConstraint(fields=["year", "serial"], name="one_letter_a_number"),
            models.CheckConstraint(
                condition=Q(outcome="open", closed_on=None) | (~Q(outcome="open") & Q(closed_on__gte=F("issued_on"))),
                name="transfer_closed_with_a_day",
            ),
            models.CheckConstraint(
                condition=Q(valid_days__gte=1) & Q(expires_on__gt=F("issued_on")), name="letter_good_for_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(outcome="accepted") | Q(member__isnull=False), name="somebody_was_accepted"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_name}：{self.origin_name} → {self.destination_name}"

    @property
    def is_open(self) -> bool:
        return self.outcome == self.Outcome.OPEN

    @property
    def letter(self) -> Letter:
        """As the rules see it."""
        closed = {f"{self.outcome}_on": self.closed_on} if not self.is_open else {}
        return Letter(issued_on=self.issued_on, valid_days=self.valid_days, **closed)

    def state(self, on: date) -> LetterState:
        return self.letter.state(on)

    def is_expired(self, on: date) -> bool:
        """Its last day has passed and nobody has seen to it."""
        return self.is_open and self.expires_on < on

    def count_days(self) -> None:
        """Keep the last day with the two that it follows from."""
        self.expires_on = self.issued_on + timedelta(days=self.valid_days)

    @property
    def head(self) -> Letterhead:
        return Letterhead.of(self.letterhead)

    @property
    def arriving(self) -> Newcomer | None:
        """Who waits, of a letter from outside that is still open."""
        return Newcomer.of(self.newcomer) if self.newcomer else None
