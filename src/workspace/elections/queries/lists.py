"""Lists of elections, narrowed as their pages and the API ask."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from workspace.accounts.models import User
from workspace.elections.models import Election, ElectionQuerySet
from workspace.elections.queries.terms import UnitTerm, terms_seen_by
from workspace.elections.queries.visibility import elections_seen_by
from workspace.organization.models import Unit

TABS = ("running", "due", "over", "done")


@dataclass(frozen=True)
class Narrowing:
    """An empty field does not narrow."""

    words: str = ""
    kind: str = ""
    unit: Unit | None = None


def elections(user: User, tab: str, narrowing: Narrowing) -> ElectionQuerySet:
    """`running` by the planned day; `done`, with the cancelled ones, the newest first; `all` is every one."""
    found = elections_seen_by(user)
    if tab == "running":
        found = found.running().order_by("planned_on", "pk")
    elif tab == "done":
        found = found.exclude(state=Election.State.RUNNING).order_by("-closed_on", "-pk")
    else:
        found = found.order_by("-planned_on", "-pk")
    if narrowing.words.strip():
        found = found.filter(unit__in=Unit.objects.all().named_like(narrowing.words).order_by().values("pk"))
    if narrowing.kind:
        found = found.filter(kind=narrowing.kind)
    return found.below(narrowing.unit) if narrowing.unit else found


def terms(user: User, tab: str, narrowing: Narrowing, *, on: date) -> list[UnitTerm]:
    """Units whose term is `due` or `over`, the one that ends first at the top."""
    found = terms_seen_by(user, on=on, unit=narrowing.unit, words=narrowing.words)
    return [one for one in found if one.stage == tab]


def counts(user: User, *, on: date) -> dict[str, int]:
    """How many under each tab. Four queries."""
    running = Q(state=Election.State.RUNNING)
    said = elections_seen_by(user).aggregate(running=Count("pk", filter=running), done=Count("pk", filter=~running))
    stages = [one.stage for one in terms_seen_by(user, on=on)]
    return {**said, "due": stages.count("due"), "over": stages.count("over")}


def of_unit(unit: Unit) -> ElectionQuerySet:
    """All of one unit, newest first."""
    return Election.objects.filter(unit=unit).order_by("-pk")
