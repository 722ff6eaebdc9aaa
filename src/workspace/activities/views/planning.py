"""What a plan may be for."""

from collections.abc import Collection, Sequence
from datetime import date

from django.db.models import Q

from workspace.activities.models import Obligation
from workspace.organization.models import Unit


def aimed_at(unit: Unit, keys: Sequence[str]) -> list[Obligation]:
    """The open obligations of the unit that were asked for by key number; others are left out."""
    numbers = [int(key) for key in keys if key.isascii() and key.isdigit() and len(key) < 19]
    rows = Obligation.objects.filter(unit=unit, pk__in=numbers, state=Obligation.State.OPEN)
    return list(rows.order_by("due", "rule_code"))


def overdue_of(unit: Unit, *, on: date, besides: Collection[str] = ()) -> list[Obligation]:
    """What the unit missed and may make up for, oldest first; `besides` are keys that stand already."""
    kept = Q()
    for key in besides:
        code, _slash, period = key.partition("/")
        kept |= Q(rule_code=code, period=period)
    missed = Q(state=Obligation.State.OPEN, due__lt=on)
    rows = Obligation.objects.filter(missed | kept if besides else missed, unit=unit)
    return list(rows.order_by("due", "rule_code"))
