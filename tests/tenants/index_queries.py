"""The reads that keep an index alive: each calls the product's own code, whose statements the test then explains."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shared.clock import now, today
from tests.support.cast import Cast
from workspace.access.queries import people as access
from workspace.accounts import lockout
from workspace.accounts import queries as accounts
from workspace.accounts.models import User
from workspace.activities.models import Activity
from workspace.activities.queries import figures as activity_figures
from workspace.activities.queries import listing
from workspace.development.models import Case
from workspace.development.queries.plans import plan_of
from workspace.dues.queries import figures as dues
from workspace.inbox import queries as inbox
from workspace.learning.queries import years
from workspace.members.actions.imports import undoing
from workspace.members.models import Member
from workspace.members.queries import events, timeline
from workspace.organization.models import Unit
from workspace.voice.models import Topic
from workspace.voice.queries import lists as voice


@dataclass(frozen=True)
class Setting:
    """Who and what the reads are about."""

    owner: User
    user: User
    root: Unit
    unit: Unit
    member: Member
    activity: Activity
    at: datetime
    on: date


def setting() -> Setting:
    """In the workspace in force. The activity is never saved: only its key is asked for."""
    user = Cast.user("member")
    member = Member.objects.get(user=user)
    at = now()
    activity = Activity(pk=1, unit=member.unit, title="", kinds=["party_day"], starts_at=at, ends_at=at)
    return Setting(Cast.user("owner"), user, Unit.objects.get(depth=1), member.unit, member, activity, at, today())


def _month(s: Setting) -> date:
    return s.on.replace(day=1)


QUERIES: dict[str, Callable[[Setting], object]] = {
    "people_with_a_role_on_a_unit": lambda s: list(access.people(visible_to=s.owner, unit=s.unit)),
    "sessions_of_a_person": lambda s: accounts.signed_in(s.user, at=s.at, here=None),
    "failures_of_a_subject_or_an_address": lambda s: lockout.guard("user:1", "10.0.0.1", at=s.at),
    "calendar_of_a_unit": lambda s: list(listing.listed(s.owner, listing.Filter(unit=s.unit.pk), at=s.at)),
    "activities_of_a_month": lambda s: list(Activity.objects.standing().between(_month(s), s.on)),
    "what_speaks_of_imported_members": lambda s: undoing._used([s.member.pk]),
    "tallies_of_a_period": lambda s: activity_figures.tallies(
        under=s.root, first=s.on - timedelta(days=30), last=s.on, on=s.on
    ),
    "resolutions_of_an_activity": lambda s: list(s.activity.resolutions.order_by("pk")),
    "steps_of_a_case": lambda s: plan_of(Case(pk=1, member=s.member, opened_on=s.on), on=s.on),
    "history_of_a_member": lambda s: timeline.timeline(s.member, user=s.owner, record=True),
    "events_of_a_member": lambda s: list(events.events_of(s.member, user=s.owner)),
    "dues_of_a_span": lambda s: dues.paid_share(under=s.root, first=_month(s), last=s.on),
    "messages_to_a_person": lambda s: list(inbox.messages_to(s.user)[:20]),
    "hours_of_a_member": lambda s: years.records_of(s.member, s.on.year),
    "roster_of_a_unit": lambda s: list(Member.objects.filter(unit=s.unit).order_by("unit", "pinyin")),
    "register_by_name": lambda s: list(Member.objects.present().order_by("pinyin", "pk")[:50]),
    "search_for_a_member": lambda s: list(Member.objects.all().matching("wang")),
    "talk_under_a_topic": lambda s: voice.replies(Topic(pk=1)),
    "topics_a_person_asked": lambda s: list(voice.topics(s.user, "mine")),
    "topics_waiting_for_an_answer": lambda s: list(voice.waiting_for(s.owner)),
}

# Reads that a unique index answers beside its rule.
RULED: dict[str, Callable[[Setting], object]] = {
    "units_below": lambda s: list(Unit.objects.all().below(s.root)),
}
