"""Whose archives are whose to see: the administrator's of the whole workspace, nobody else's."""

from django.db.models import QuerySet
from django.http import Http404

from workspace.access.queries import may
from workspace.accounts.models import User
from workspace.archives.actions import OnlyForTheWhole
from workspace.archives.models import Archive
from workspace.organization.models import Unit

VERB = "workspace.export"


def archives_for(person: User) -> "QuerySet[Archive]":
    """Newest first. Raises OnlyForTheWhole for an administrator of a part, Http404 for everybody else."""
    if not may(person, VERB):
        raise Http404
    if not may(person, VERB, Unit.objects.get(depth=1)):
        raise OnlyForTheWhole
    return Archive.objects.order_by("-asked_at", "-pk")


def archive_for(person: User, pk: int) -> Archive:
    """The one with this key. Raises what `archives_for` raises, Http404 where there is none."""
    found = archives_for(person).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
