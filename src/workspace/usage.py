"""Door 3: what the platform's operators may know of a workspace: how many, how often, since when. Counts only.

Runs inside the workspace (`with tenants.context.inside(tenant)`) in at most twelve aggregate queries. No name, title,
text or key of anything leaves through here, and every field says what it counts. The record's fingerprint leaves here
too: how many lines, and a digest from which nothing can be read.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, Max, Min, OuterRef, Q
from django.utils import timezone

from workspace import rhythm
from workspace.accounts.models import User
from workspace.activities.models import Activity, CheckIn
from workspace.audit import chain
from workspace.audit.chain import Fault, Head
from workspace.home import checklist
from workspace.members.models import Appointment, Batch, Member
from workspace.organization.models import Unit
from workspace.oversight import proving
from workspace.oversight.proving import Proof

__all__ = ["Fault", "Head", "Proof", "Usage", "measure", "prove_record", "record_head"]

WEEK = timedelta(days=7)
MONTH = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Usage:
    """Counts of one workspace at one instant. The sample branch and everything in it are left out."""

    units: int  # open party organisations
    branches: int  # those that hold members
    branches_led: int  # branches with a sitting secretary
    members: int  # full and probationary, on the register
    full: int
    probationary: int
    accounts: int  # people who may sign in
    activated: int  # of them, those who ever did
    active_week: int  # people who signed in or checked in during the last 7 days
    active_month: int  # the same over 30 days
    activities: int  # held and not cancelled
    recorded: int  # of them, those whose record is closed
    check_ins: int  # by the members themselves; what an organiser marked by hand is not counted
    imports: int  # finished imports of members, those that were undone left out
    first_meeting_on: date | None
    last_active_on: date | None  # the newest sign-in, check-in or activity
    steady_months: int  # full months in a row, see `rhythm.steady_months`
    strong_quarters: int  # full quarters in a row, see `rhythm.strong_quarters`
    ticks: tuple[str, ...]  # of `home.checklist.TICKS`, those reached


def measure(*, at: datetime) -> Usage:
    """Count the workspace in force."""
    day = timezone.localdate(at)
    units = _units(day)
    people = _people()
    accounts = _accounts(at)
    held = _activities(at)
    checked = _check_ins()
    newest = [accounts.pop("signed_in"), checked.pop("newest"), held.pop("newest")]
    counts = {**units, **people, **accounts, **held, "check_ins": checked["own"]}
    known = {
        "members": people["members"] > 0,
        "secretaries": units["branches_led"] > 0,
        "meeting": held["recorded"] > 0,
        "check_in": checked["own"] > 0,
    }
    return Usage(
        **counts,
        imports=Batch.objects.filter(kind=Batch.Kind.IMPORT, state=Batch.State.DONE).count(),
        last_active_on=_latest(newest),
        steady_months=rhythm.steady_months(on=day, members=people["members"]),
        strong_quarters=rhythm.strong_quarters(on=day),
        ticks=checklist.reached(known),
    )


def record_head() -> Head:
    """How far the record is sealed, and its last link."""
    return chain.head()


def prove_record(marks: list[Head], *, guarded: bool, at: datetime, asked: bool = False) -> Proof:
    """Verify the record of the workspace in force; see `oversight.proving`."""
    return proving.prove(marks, guarded=guarded, at=at, asked=asked)


def _units(day: date) -> dict[str, int]:
    led = Appointment.objects.current(day).filter(unit=OuterRef("pk"), post=Appointment.Post.SECRETARY)
    is_branch = Q(type__in=Unit.BRANCHES)
    is_led = Q(Exists(led), type__in=Unit.BRANCHES)
    return (
        Unit.objects.filter(is_sample=False)
        .open()
        .order_by()
        .aggregate(
            units=Count("pk"),
            branches=Count("pk", filter=is_branch),
            branches_led=Count("pk", filter=is_led),
        )
    )


def _people() -> dict[str, int]:
    kinds = Member.Category
    return (
        Member.objects.present()
        .filter(unit__is_sample=False)
        .aggregate(
            members=Count("pk", filter=Q(category__in=Member.MEMBERS)),
            full=Count("pk", filter=Q(category=kinds.FULL)),
            probationary=Count("pk", filter=Q(category=kinds.PROBATIONARY)),
        )
    )


def _accounts(at: datetime) -> dict[str, Any]:
    def active(since: datetime) -> Q:
        checked_in = CheckIn.objects.filter(member__user=OuterRef("pk"), at__gte=since, at__lte=at)
        return Q(last_login__gte=since) | Q(Exists(checked_in))

    return User.objects.filter(is_active=True).aggregate(
        accounts=Count("pk"),
        activated=Count("pk", filter=Q(last_login__isnull=False)),
        active_week=Count("pk", filter=active(at - WEEK)),
        active_month=Count("pk", filter=active(at - MONTH)),
        signed_in=Max("last_login"),
    )


def _activities(at: datetime) -> dict[str, Any]:
    held = Activity.objects.standing().filter(unit__is_sample=False, starts_at__lte=at)
    found = held.aggregate(
        activities=Count("pk"),
        recorded=Count("pk", filter=Q(closed_at__isnull=False)),
        first=Min("starts_at", filter=Q(closed_at__isnull=False)),
        newest=Max("starts_at"),
    )
    first = found.pop("first")
    return {**found, "first_meeting_on": timezone.localdate(first) if first else None}


def _check_ins() -> dict[str, Any]:
    return CheckIn.objects.filter(activity__unit__is_sample=False).aggregate(
        own=Count("pk", filter=~Q(method=CheckIn.Method.MANUAL)), newest=Max("at")
    )


def _latest(instants: list[datetime | None]) -> date | None:
    known = [instant for instant in instants if instant]
    return timezone.localdate(max(known)) if known else None
