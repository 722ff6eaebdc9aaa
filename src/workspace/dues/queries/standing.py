"""How members stand: what they paid, which months are open, and whom people should look after."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Min

from rules import dues
from rules.workdays import add_months
from workspace.dues.models import Basis, Payment
from workspace.members.models import Member
from workspace.members.models.member import MemberQuerySet


@dataclass(frozen=True)
class Behind:
    """A member with open months. The arrears are the longest run of them; a flag is for people to judge."""

    member: Member
    open_months: list[date]
    owed: Decimal  # yuan over all open months, at what was assessed then
    arrears: dues.Arrears

    @property
    def is_flagged(self) -> bool:
        """Six months in a row: people are asked to find out why; nothing happens by itself."""
        return self.arrears.level is dues.ArrearsLevel.FLAG


@dataclass(frozen=True)
class Account:
    """All that is known of one member's dues, newest first."""

    bases: list[Basis]
    payments: list[Payment]
    behind: Behind | None

    def basis_in(self, month: date) -> Basis | None:
        return _basis_in(self.bases, month)


def account_of(member: Member, *, today: date) -> Account:
    """Two queries."""
    bases = list(Basis.objects.filter(member=member).order_by("-since"))
    payments = list(Payment.objects.filter(member=member).order_by("-month"))
    return Account(bases, payments, _behind(member, bases, {paid.month for paid in payments}, today))


def behind(members: MemberQuerySet, *, today: date) -> list[Behind]:
    """Those of the present members who have an open month before the running one, by branch and name. Three queries."""
    people = members.present().filter(category__in=Member.MEMBERS).annotate(since=Min("dues_bases__since"))
    assessed = people.filter(since__isnull=False, since__lt=today.replace(day=1))
    found = list(assessed.select_related("unit").order_by("unit__path", "pinyin", "pk"))
    keys = [member.pk for member in found]
    bases: dict[int, list[Basis]] = defaultdict(list)
    for basis in Basis.objects.filter(member__in=keys).order_by("-since"):
        bases[basis.member_id].append(basis)
    settled: dict[int, set[date]] = defaultdict(set)
    for member, month in Payment.objects.filter(member__in=keys).values_list("member_id", "month"):
        settled[member].add(month)
    rows = (_behind(member, bases[member.pk], settled[member.pk], today) for member in found)
    return [row for row in rows if row]


def dues_since(member: Member, bases: Iterable[Basis]) -> date:
    """The first month we can ask for: when dues were first assessed here, but never before the membership."""
    first = min(basis.since for basis in bases)
    return max(first, dues.first_month(member.joined_on)) if member.joined_on else first


def _behind(member: Member, bases: list[Basis], settled: set[date], today: date) -> Behind | None:
    if not bases or member.category not in Member.MEMBERS:
        return None
    since = dues_since(member, bases)
    open_months = [month for month in _full_months(since, today) if month not in settled]
    if not open_months:
        return None
    owed = sum((basis.monthly for month in open_months if (basis := _basis_in(bases, month))), Decimal(0))
    return Behind(member, open_months, owed, dues.arrears(settled, since=since, today=today))


def _full_months(since: date, today: date) -> list[date]:
    """The running month is not among them: it can still be paid."""
    months, month = [], since
    while month < today.replace(day=1):
        months.append(month)
        month = add_months(month, 1)
    return months


def _basis_in(bases: list[Basis], month: date) -> Basis | None:
    return next((basis for basis in bases if basis.since <= month), None)
