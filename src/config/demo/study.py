"""A year of certified study: what was learned at activities, and a class or two for each branch."""

import random
from datetime import date, timedelta
from decimal import Decimal

from workspace.accounts.models import User
from workspace.activities.models import Activity, CheckIn
from workspace.learning.models import StudyRecord
from workspace.learning.queries.uncertified import KINDS, hours_of
from workspace.members.models import Member
from workspace.organization.models import Unit

CLASSES = (
    ("党员集中轮训", Decimal(8), (3, 18)),
    ("党章党规专题培训", Decimal(4), (5, 22)),
    ("网络专题班（结业）", Decimal(6), (8, 28)),
    ("基层党务培训", Decimal(4), (10, 16)),
)
_WAITS = timedelta(days=30)  # newer activities are left for the demo's secretary to certify


def certify(branches: list[Unit], *, by: User, on: date, seed: int = 29) -> None:
    """Write the hours of the past year."""
    rng = random.Random(seed)  # noqa: S311 - repeatable on purpose, and no secret
    rows = [*_of_activities(by, on)]
    for branch in branches:
        rows.extend(_of_classes(branch, rng, by, on))
    StudyRecord.objects.bulk_create(rows, batch_size=2000)


def _of_activities(by: User, on: date) -> list[StudyRecord]:
    held = Activity.objects.closed().between(date(on.year - 1, 1, 1), on - _WAITS)
    known = {one.pk: one for one in held.filter(kinds__overlap=[kind.value for kind in KINDS])}
    there = CheckIn.objects.filter(activity__in=known, member__category__in=Member.MEMBERS)
    return [
        StudyRecord(
            member_id=member,
            on=known[activity].day,
            title=known[activity].title,
            hours=hours_of(known[activity]),
            source=StudyRecord.Source.ACTIVITY,
            activity_id=activity,
            certified_by=by,
        )
        for activity, member in there.values_list("activity_id", "member_id")
    ]


def _of_classes(branch: Unit, rng: random.Random, by: User, on: date) -> list[StudyRecord]:
    members = list(Member.objects.present().filter(unit=branch, category__in=Member.MEMBERS))
    zeal = rng.uniform(0.72, 0.97)
    rows: list[StudyRecord] = []
    for title, hours, (month, day) in CLASSES:
        held = date(on.year, month, day)
        held = held if held <= on else held.replace(year=on.year - 1)
        rows.extend(
            StudyRecord(member=member, on=held, title=title, hours=hours, source="class", certified_by=by)
            for member in members
            if rng.random() < zeal * (0.4 if member.is_exempt else 1)
        )
    return rows
