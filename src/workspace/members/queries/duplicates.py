"""Entries of the register that may be of one and the same person."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

from django.db.models import Count
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workspace.accounts.models import User
from workspace.members.models import Member
from workspace.members.queries.visibility import members_where

VERB = "member.merge"
MOST = 100  # pairs shown at once
# A citizen number is on one entry only: the database sees to it. What is left over are entries without one.
_WAYS: tuple[tuple[tuple[str, str], str | Promise], ...] = (
    (("name", "birth_date"), _("姓名和出生日期相同")),
    (("name", "phone"), _("姓名和手机号码相同")),
)


@dataclass(frozen=True)
class Pair:
    """Two entries, the one to keep first; `differ` where their citizen numbers say that they are two people."""

    kept: Member
    gone: Member
    why: str
    differ: bool


def pairs(user: User) -> list[Pair]:
    """What this person may merge: the likely ones first, at most MOST."""
    found: dict[tuple[int, int], Pair] = {}
    for columns, why in _WAYS:
        for first, second in _alike(user, columns):
            kept, gone = in_order(first, second)
            key = (min(kept.pk, gone.pk), max(kept.pk, gone.pk))
            differ = bool(kept.citizen_number and gone.citizen_number)
            found.setdefault(key, Pair(kept, gone, str(why), differ))
    return sorted(found.values(), key=lambda pair: (pair.differ, pair.kept.pinyin, pair.kept.pk, pair.gone.pk))[:MOST]


def in_order(first: Member, second: Member) -> tuple[Member, Member]:
    """Which of two to keep: who is present, then whose entry says more, then the older entry."""
    kept, gone = sorted((first, second), key=lambda each: (not each.is_present, -filled(each), each.pk))
    return kept, gone


def filled(member: Member) -> int:
    """How many columns say something."""
    return sum(bool(getattr(member, field.attname)) for field in Member._meta.concrete_fields)


def _alike(user: User, columns: tuple[str, str]) -> list[tuple[Member, Member]]:
    seen = members_where(user, VERB)
    said = seen.exclude(**{columns[1]: None}) if columns[1] == "birth_date" else seen.exclude(**{columns[1]: ""})
    groups = said.values_list(*columns).annotate(n=Count("pk")).filter(n__gt=1).order_by(*columns)[:MOST]
    wanted = {(name, other) for name, other, _n in groups}
    people: dict[tuple[str, object], list[Member]] = defaultdict(list)
    for member in said.filter(name__in={name for name, _other in wanted}).select_related("unit").order_by("pk"):
        key = (member.name, getattr(member, columns[1]))
        if key in wanted:
            people[key].append(member)
    return [pair for each in people.values() for pair in combinations(each, 2)][:MOST]
