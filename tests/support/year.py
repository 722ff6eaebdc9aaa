"""A tree of any size with a year of organisation life, made with bulk inserts, inside the workspace in force."""

import random
from datetime import date, datetime, timedelta
from typing import Any

from tests.support.activities import at
from workspace.accounts.models import User
from workspace.activities.actions.obligations import reassess, renew_many
from workspace.activities.models import Activity, CheckIn, Participation, Resolution
from workspace.indicators.spans import months_before
from workspace.learning.models import StudyRecord
from workspace.members.models import Appointment, Member
from workspace.organization.models import Unit
from workspace.voice.models import Reply, Topic

HOUR = timedelta(hours=1)


def grow(root: Unit, *, general: int, branches: int, members: int) -> list[Unit]:
    """`general` general branches of `branches` branches of `members` members each. Returns the branches."""
    root.refresh_from_db()
    first = root.numchild + 1
    middle = [_unit(root, first + n, f"第{n + 1}党总支", Unit.Type.GENERAL_BRANCH) for n in range(general)]
    for unit in middle:
        unit.numchild = branches
    Unit.objects.bulk_create(middle)
    Unit.objects.filter(pk=root.pk).update(numchild=root.numchild + general)
    made = [
        _unit(unit, n + 1, f"{unit.name}第{n + 1}支部", Unit.Type.BRANCH) for unit in middle for n in range(branches)
    ]
    Unit.objects.bulk_create(made, batch_size=1000)
    people = [
        Member(
            unit=unit,
            name=f"党员{number}",
            birth_date=date(1960 + number * 7 % 45, 5, 1),
            sex="12"[number % 2],
            education=("14", "20", "30", "60")[number % 4],
            **_standing(number, members),
        )
        for unit in made
        for number in range(members)
    ]
    Member.objects.bulk_create(people, batch_size=2000)
    return made


def _standing(number: int, members: int) -> dict[str, Any]:
    """The last is an activist, the one before on probation, the one before that converted this year."""
    if number == members - 1:
        return {"category": Member.Category.ACTIVIST}
    if number == members - 2:
        return {"category": Member.Category.PROBATIONARY, "joined_on": date(2026, 4, 1)}
    converted = date(2026, 5, 1) if number == members - 3 else date(2011, 7, 1)
    joined = converted.replace(year=converted.year - 1)
    return {"category": Member.Category.FULL, "joined_on": joined, "converted_on": converted}


def _unit(parent: Unit, step: int, name: str, kind: Unit.Type) -> Unit:
    path = Unit._get_path(parent.path, parent.depth + 1, step)
    return Unit(name=name, type=kind, path=path, depth=parent.depth + 1, elected_on=date(2022 + step % 4, 6, 1))


def live(root: Unit, branches: list[Unit], *, on: date, months: int = 12, seed: int = 1) -> None:
    """Months of party days with rolls, check-ins, remarks and resolutions up to a day; then judge what was owed."""
    rng = random.Random(seed)  # noqa: S311 - repeatable on purpose
    people: dict[int, list[Member]] = {}
    for member in Member.objects.filter(unit__in=branches).only("pk", "unit_id"):
        people.setdefault(member.unit_id, []).append(member)
    _posts(branches, people)
    held = [
        _activity(unit, at(month.replace(day=5 + rng.randrange(20))), number, rng)
        for number, month in enumerate(months_before(on, months))
        for unit in branches
        if rng.random() < 0.9
    ]
    held = [activity for activity in held if activity.day <= on]
    Activity.objects.bulk_create(held, batch_size=2000)
    rolls, here, made = [], [], []
    for activity in held:
        for member in people[activity.unit_id]:
            came = rng.random() < 0.8
            said = came and rng.random() < 0.4
            rolls.append(
                Participation(
                    activity=activity,
                    member=member,
                    answered_at=activity.starts_at - 24 * HOUR if rng.random() < 0.6 else None,
                    remarked_at=activity.ends_at + HOUR if said else None,
                )
            )
            if came:
                here.append(CheckIn(activity=activity, member=member, method="qr", at=activity.starts_at))
        due = activity.day + timedelta(days=20)
        done = activity.ends_at + timedelta(days=rng.randrange(10, 30)) if rng.random() < 0.8 else None
        owner = people[activity.unit_id][0]
        made.append(Resolution(activity=activity, text="落实会议决定", owner=owner, due=due, done_at=_past(done, on)))
    Participation.objects.bulk_create(rolls, batch_size=5000)
    CheckIn.objects.bulk_create(here, batch_size=5000)
    Resolution.objects.bulk_create(made, batch_size=5000)
    _from_above(root, on=on, months=months)
    _voices(root, branches, people, on=on)
    units = [root, *Unit.objects.all().below(root).exclude(pk=root.pk)]
    for year in sorted({month.year for month in months_before(on, months)}):
        renew_many(units, year=year, on=on, since=date(year, 1, 1))
        reassess(units, year=year, on=on)


def _posts(branches: list[Unit], people: dict[int, list[Member]]) -> None:
    Appointment.objects.bulk_create(
        Appointment(unit=unit, member=people[unit.pk][0], post="secretary", since=date(2025 + n % 2, 3, 1))
        for n, unit in enumerate(branches)
    )


def _from_above(root: Unit, *, on: date, months: int) -> None:
    """The committee calls everybody once in two months, and studies party building twice a year."""
    made = []
    for number, month in enumerate(months_before(on, months)):
        start = at(month.replace(day=3))
        if number % 2 == 0:
            made.append(_called(root, start, ["training"], "below", [] if number % 4 else [_study(month)]))
        if month.month in {2, 8}:
            made.append(_called(root, start, ["responsibility_study"], "committee", []))
    Activity.objects.bulk_create(made)


def _study(month: date) -> str:
    """The key of the quarter's theory study."""
    return f"committee.theory_study/{month.year}-Q{(month.month + 2) // 3}"


def _called(root: Unit, start: datetime, kinds: list[str], audience: str, aims: list[str]) -> Activity:
    end = start + HOUR
    return Activity(
        unit=root,
        title="党委召集",
        kinds=kinds,
        audience=audience,
        aims=aims,
        host="周书记",
        starts_at=start,
        ends_at=end,
        recorded_at=end,
        closed_at=end,
    )


def _voices(root: Unit, branches: list[Unit], people: dict[int, list[Member]], *, on: date) -> None:
    """Questions and ideas to branches and to the committee, most of them answered; hours of study for everybody."""
    asker = User.objects.order_by("pk").first()
    secretary = people[branches[0].pk][0]
    Member.objects.filter(pk=secretary.pk, user=None).update(user=_account(branches[0]))
    start = at(on) - timedelta(days=120)
    topics = [
        Topic(
            kind="idea" if number % 2 else "question",
            title=f"第{number}个问题",
            by=asker,
            unit=root if number % 3 == 0 else branches[number % len(branches)],
            asked_at=start + timedelta(days=number * 5),
            due=(start + timedelta(days=number * 5 + 7)).date(),
            answered_at=start + timedelta(days=number * 5 + number % 9) if number % 4 else None,
            adopted_at=start + timedelta(days=number * 5 + 9) if number % 4 == 1 else None,
        )
        for number in range(1, 19)
    ]
    Topic.objects.bulk_create(topics)
    replier = Member.objects.get(pk=secretary.pk).user
    Reply.objects.bulk_create(
        Reply(topic=topic, text="答复", by=by, at=topic.answered_at, is_answer=by == replier)
        for topic in topics
        if topic.answered_at
        for by in (asker, replier)
    )
    StudyRecord.objects.bulk_create(
        (
            StudyRecord(
                member=member, on=on.replace(month=6), title="培训班", hours=16 + number % 3 * 8, source="class"
            )
            for members in people.values()
            for number, member in enumerate(members)
        ),
        batch_size=5000,
    )


def _account(unit: Unit) -> User:
    """An account for its secretary."""
    return User.objects.create_user(f"secretary{unit.pk}", None, name="书记")


def _activity(unit: Unit, start: datetime, number: int, rng: random.Random) -> Activity:
    kinds = ["party_day", "general_meeting"] if number % 3 == 0 else ["party_day"]
    end = start + 2 * HOUR
    return Activity(
        unit=unit,
        title=f"{start:%m}月主题党日",
        kinds=kinds,
        starts_at=start,
        ends_at=end,
        place="会议室",
        host=f"党员{number % 2}",
        preparation="先读一章" if rng.random() < 0.5 else "",
        recorded_at=end,
        closed_at=end,
    )


def _past(moment: datetime | None, on: date) -> datetime | None:
    return moment if moment and moment.date() <= on else None
