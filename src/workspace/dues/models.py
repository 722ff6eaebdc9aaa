"""Party dues (党费): what each member is assessed at, and what they paid for which month."""

from datetime import date
from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from rules.dues import Payer as Kind
from workspace.members.models import Member
from workspace.organization.models import Unit


class Payer(models.TextChoices):
    """`rules.dues.Payer` in the reader's language."""

    WAGE = Kind.WAGE.value, _("按月领取工资")
    ANNUAL_SALARY = Kind.ANNUAL_SALARY.value, _("实行年薪制")
    SELF_EMPLOYED = Kind.SELF_EMPLOYED.value, _("个体经营等不按月取得收入")
    RETIRED = Kind.RETIRED.value, _("离退休")
    FARMER = Kind.FARMER.value, _("农民")
    MINIMUM = Kind.MINIMUM.value, _("学生、下岗失业、领取抚恤补助等")


class BasisQuerySet(models.QuerySet["Basis"]):
    def in_force(self, month: date) -> "BasisQuerySet":
        """At most one for each member: the one that covers the month (its first day)."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=month), since__lte=month)


class Basis(models.Model):
    """What a member pays a month, from a month on, until a newer one begins.

    The pay it was worked out from is not kept: the amount and the rate are enough to collect, and pay is private.
    """

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="dues_bases", db_index=False)
    payer = models.CharField(max_length=16, choices=Payer.choices)
    monthly = models.DecimalField(max_digits=9, decimal_places=2)  # yuan
    rate = models.DecimalField(max_digits=5, decimal_places=4, null=True)  # None: a fixed amount
    since = models.DateField()  # the first day of a month
    # The first month that a newer one covers, None for the newest: a month reads without comparing rows.
    until = models.DateField(null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    at = models.DateTimeField(auto_now_add=True)

    objects = BasisQuerySet.as_manager()

    class Meta:
        verbose_name = _("党费标准")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["member", "since"], name="one_basis_from_a_month"),
            models.CheckConstraint(condition=Q(since__day=1), name="basis_begins_a_month"),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="basis_ends_later"),
            models.CheckConstraint(condition=Q(monthly__gte=0), name="basis_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.member} · {self.monthly}"

    @property
    def percent(self) -> Decimal | None:
        """The rate as people write it: 1.5 for 0.0150."""
        return None if self.rate is None else (self.rate * 100).normalize()


class PaymentQuerySet(models.QuerySet["Payment"]):
    def below(self, unit: Unit) -> "PaymentQuerySet":
        return self.filter(member__unit__path__startswith=unit.path)


class Payment(models.Model):
    """A month of a member is settled. The row is the fact; undoing deletes it, and the audit record keeps both."""

    class Method(models.TextChoices):
        """Members pay; the organisation may neither withhold dues from pay nor advance them (党费规定 art. 14)."""

        CASH = "cash", _("现金")
        TRANSFER = "transfer", _("本人转账")
        ENTRUSTED = "entrusted", _("经同意由他人代交")
        WAIVED = "waived", _("经批准免交")

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="dues_payments", db_index=False)
    month = models.DateField()  # the first day of the month paid for
    amount = models.DecimalField(max_digits=9, decimal_places=2)  # yuan
    paid_on = models.DateField()
    method = models.CharField(max_length=10, choices=Method.choices, default=Method.CASH)
    note = models.CharField(max_length=200, blank=True)  # who approved a waiver, who paid for the member
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    at = models.DateTimeField(auto_now_add=True)

    objects = PaymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("党费交纳")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["member", "month"], name="one_payment_a_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="payment_for_a_month"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="payment_not_negative"),
        ]
        # the overview and the dashboards read whole months over all members
        indexes: ClassVar = [models.Index(fields=["month"], name="payment_by_month")]

    def __str__(self) -> str:
        return f"{self.member} · {self.month:%Y-%m}"
