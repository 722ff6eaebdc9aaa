"""Requests for a second person's consent: what waits for this person, what they asked, what was decided."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.http import Http404

from workspace.access.consents import KINDS
from workspace.access.models import Consent
from workspace.access.queries import people_who, units_where
from workspace.accounts.models import User


def consents(*, visible_to: User) -> "QuerySet[Consent]":
    """Their own and those they might decide, newest first."""
    return Consent.objects.select_related("unit").filter(Q(by=visible_to) | _within(visible_to)).order_by("-pk")


def consent(pk: int, *, visible_to: User) -> Consent:
    """One of them, or Http404."""
    found = consents(visible_to=visible_to).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def waiting_for(person: User, *, at: datetime) -> list[Consent]:
    """What this person can decide now, oldest first. One query where nothing waits at all."""
    undecided = Consent.objects.filter(decided_at__isnull=True, ends_at__gt=at).exclude(by=person)
    if not undecided.exists():
        return []
    return list(undecided.filter(_within(person)).select_related("unit").order_by("pk"))


def deciders(found: Consent) -> "QuerySet[User]":
    """Who can decide it."""
    return people_who(found.verb, found.unit).exclude(pk=found.by_id or 0)


def _within(person: User) -> Q:
    reach = Q(pk=None)
    for verb in KINDS:
        reach |= Q(verb=verb, unit__in=units_where(person, verb).order_by().values("pk"))
    return reach
