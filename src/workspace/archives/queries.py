"""Whose archives are whose to see: the administrator's of the whole workspace, nobody else's."""

from django.db.models import Q, QuerySet
from django.http import Http404

from workspace.access.queries import may, people_who, units_where
from workspace.accounts.models import User
from workspace.archives.actions import OnlyForTheWhole
from workspace.archives.consents import VERB
from workspace.archives.models import Archive, Schedule
from workspace.archives.terms import Run
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


def schedules_for(person: User) -> "QuerySet[Schedule]":
    """Scheduled exports of the units where this person may set some, and those that they get, the next one first."""
    units = units_where(person, "export.schedule").order_by().values("pk")
    gets = Q(terms__people__contains=[person.pk])
    found = Schedule.objects.filter(Q(unit__in=units) | gets).select_related("unit", "consent")
    return found.order_by("next_on", "pk")


def schedule_for(person: User, pk: int) -> Schedule:
    """The one with this key, or Http404."""
    found = schedules_for(person).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def own_run(schedule: Schedule, number: int, *, person: User) -> Run:
    """A file is for the one it was made for: Http404 for anybody else's, an administrator's too."""
    for run in schedule.history:
        if run.number == number and run.person == person.pk and run.token:
            return run
    raise Http404
