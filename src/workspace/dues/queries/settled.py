"""Up to which month somebody is through, for the letter that goes along when they move (党费交至)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from rules.workdays import add_months
from workspace.dues.models import Basis, Payment
from workspace.dues.queries.standing import dues_since
from workspace.members.models import Member


def paid_until(members: Sequence[Member]) -> Mapping[int, date]:
    """The last month settled without a gap since dues began here; who has none is left out. Two queries."""
    bases: dict[int, list[Basis]] = defaultdict(list)
    for basis in Basis.objects.filter(member__in=members):
        bases[basis.member_id].append(basis)
    settled: dict[int, set[date]] = defaultdict(set)
    for key, month in Payment.objects.filter(member__in=members).values_list("member_id", "month"):
        settled[key].add(month)
    found = {}
    for member in members:
        if not bases[member.pk]:
            continue
        month = dues_since(member, bases[member.pk])
        while month in settled[member.pk]:
            found[member.pk] = month
            month = add_months(month, 1)
    return found
