"""Whose archives are whose to see: the administrator's of the whole workspace, nobody else's."""

from django.db.models import QuerySet
from django.http import Http404

from workspace.access.queries import may, people_who
from workspace.accounts.models import User
from workspace.archives.actions import OnlyForTheWhole
from workspace.archives.consents import VERB
from workspace.archives.models import Archive
from workspace.organization.models import Unit


def archives_for(person: User) -> "QuerySet[Archive]":
    """Newest first. Raises OnlyForTheWhole for an administrator of a part, Http404 for everybody else."""
    if not may(person, VERB):
        raise Http404
    if not may(person, VERB, Unit.objects.get(depth=1)):
        raise OnlyForTheWhole
    return Archive.objects.select_related("consent").order_by("-asked_at", "-pk")


def archive_for(person: User, pk: int) -> Archive:
    """The one with this key. Raises what `archives_for` raises, Http404 where there is none."""
    found = archives_for(person).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def others_who_may(person: User) -> "QuerySet[User]":
    """Who could agree to an archive that this person asks for."""
    return people_who(VERB, Unit.objects.get(depth=1)).exclude(pk=person.pk)
