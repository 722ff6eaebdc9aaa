"""What waits for a second operator."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from console.models import Proposal


def waiting(verbs: Iterable[str] = Proposal.Verb.values) -> "QuerySet[Proposal]":
    """Those that nobody has decided, oldest first."""
    rows = Proposal.objects.filter(decided_at__isnull=True, verb__in=list(verbs))
    return rows.select_related("tenant").order_by("pk")


def proposal(number: int) -> Proposal:
    """One of them, or 404."""
    return get_object_or_404(Proposal.objects.select_related("tenant"), pk=number)
