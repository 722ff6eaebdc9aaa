"""The figures of those who moved, one by one: each month belongs to the branch of its first day."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from rules.workdays import add_months
from workspace.dues.models import Basis, Payment
from workspace.dues.queries.places import Places
from workspace.members.models import Member

_NOTHING = Decimal(0)
Numbers = tuple[str, date, int, int, Decimal, Decimal]  # path, month, members, settled, expected and received in yuan


def of_the_moved(places: Places, months: list[date]) -> Iterator[Numbers]:
    """Two queries."""
    people: dict[int, Member] = {}
    bases: dict[int, list[Basis]] = defaultdict(list)
    keys = list(places.left)
    for basis in Basis.objects.filter(member__in=keys, since__lte=months[-1]).select_related("member__unit"):
        people[basis.member_id] = basis.member
        bases[basis.member_id].append(basis)
    paid = Payment.objects.filter(member__in=keys, month__gte=months[0], month__lte=months[-1])
    payments = {(row.member_id, row.month): row for row in paid.select_related("member__unit")}
    people.update({row.member_id: row.member for row in payments.values()})
    for member in people.values():
        for month in months:
            if not _owes(member, month):
                continue
            path = places.path_in(month, member)
            if found := _covering(bases[member.pk], month):
                yield path, month, 1, 0, found.monthly, _NOTHING
            if payment := payments.get((member.pk, month)):
                yield path, month, 0, 1, _NOTHING, payment.amount


def _owes(member: Member, month: date) -> bool:
    """As `owing_in` asks the database."""
    admitted = member.joined_on is None or member.joined_on < add_months(month, 1)
    there = member.left_on is None or member.left_on >= month
    return member.category in Member.MEMBERS and admitted and there


def _covering(bases: list[Basis], month: date) -> Basis | None:
    return next((one for one in bases if one.since <= month and (one.until is None or one.until > month)), None)
