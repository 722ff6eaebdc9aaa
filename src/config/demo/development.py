"""The demo's people on their way into the Party: cases in every stage, most in time, a few late, and a yearly plan."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from typing import Any

from rules import CASE_STEPS, AdmissionClocks
from shared.clock import now
from shared.synthetic.people import people
from workspace.accounts.models import User
from workspace.development.actions.refreshing import refresh
from workspace.development.models import Case, Quota, Step
from workspace.members.actions.events import register_many
from workspace.members.models import Member
from workspace.organization.models import Unit

# Days from the application to each step; half-yearly examinations come with the activist's clock.
DAYS = {
    "apply": 0,
    "talk": 18,
    "recommend": 95,
    "file_activist": 100,
    "contacts": 101,
    "public_notice": 465,
    "decide_object": 480,
    "file_object": 486,
    "introducers": 488,
    "political_review": 510,
    "training": 525,
    "committee_review": 535,
    "prereview": 545,
    "application_form": 550,
    "general_meeting": 565,
    "talk_above": 585,
    "approval": 600,
    "file_approval": 604,
    "join_group": 605,
    "oath": 620,
    "apply_conversion": 915,
}
EXAMINED = (275, 458)
_ORDER = [step.code for step in CASE_STEPS]
_ADMITTED = DAYS["general_meeting"]
_LATE = 0.3  # of the cases, which stopped moving some months ago
_BASIS = {"general_meeting": "支部大会", "approval": "党委会议", "prereview": "预审意见", "file_object": "备案批复"}
_KINDS = Member.Category
# How long ago somebody of the category applied, in days.
_SINCE = {
    _KINDS.APPLICANT: (3, 90),
    _KINDS.ACTIVIST: (110, 455),
    _KINDS.DEVELOPMENT_OBJECT: (484, 599),
}


def develop(branches: list[Unit], *, by: User, on: date, seed: int = 31) -> None:
    """Write a case for everybody who is not a full member, and for some new applicants."""
    rng = random.Random(seed)  # noqa: S311 - repeatable on purpose, and no secret
    _new_applicants(branches[::2], on)
    cases: list[Case] = []
    steps: list[Step] = []
    on_the_way = Member.objects.present().exclude(category=_KINDS.FULL).select_related("unit").order_by("pk")
    for member in on_the_way:
        applied = _applied_on(member, rng, on)
        case = Case(member=member, opened_on=applied, opened_by=by)
        cases.append(case)
        steps.extend(_steps(case, rng, on, by))
    Case.objects.bulk_create(cases)
    Step.objects.bulk_create(steps)
    for case in Case.objects.select_related("member__unit").prefetch_related("steps"):
        refresh(case, on=on)
    _plan(on.year, by)


def _new_applicants(branches: list[Unit], on: date) -> None:
    crowd = people(len(branches), on=on, seed=101)
    for branch, person in zip(branches, islice(crowd, len(branches)), strict=True):
        names = ("name", "sex", "birth_date", "education", "phone", "job")
        values: dict[str, Any] = {name: getattr(person, name) for name in names}
        made = Member.objects.create(unit=branch, category=_KINDS.APPLICANT, **values)
        register_many([made], on=on, by=None, at=now())


def _applied_on(member: Member, rng: random.Random, on: date) -> date:
    if member.category == _KINDS.PROBATIONARY and member.joined_on:
        return member.joined_on - timedelta(days=_ADMITTED)
    least, most = _SINCE[_KINDS(member.category)]
    return on - timedelta(days=rng.randrange(least, most))


def _steps(case: Case, rng: random.Random, on: date, by: User) -> Iterator[Step]:
    """Everything due up to some days ago; for a few, up to some months ago."""
    known = AdmissionClocks(case.opened_on).asks_for
    is_slow = rng.random() < _LATE and case.member.category != _KINDS.PROBATIONARY
    until = on - timedelta(days=rng.randrange(60, 200) if is_slow else rng.randrange(0, 8))
    days = [*DAYS.items(), *(("examine", day) for day in EXAMINED)]
    full = Member.objects.present().full().filter(unit=case.member.unit).order_by("pk")
    near = list(full.values_list("pk", "name")[:4])
    entitled = full.count()
    for code, after in sorted(days, key=lambda one: (one[1], _ORDER.index(one[0]))):
        day = case.opened_on + timedelta(days=after)
        if code == "public_notice" and not known("admission.public_notice"):
            continue
        if day > until and not (code == "apply" or _must(case.member, code)):
            return
        basis = f"{day.year}年{day.month}月{day.day}日{_BASIS[code]}" if code in _BASIS else ""
        yield Step(case=case, code=code, on=min(day, on), basis=basis, by=by, details=_details(code, near, entitled))


def _must(member: Member, code: str) -> bool:
    """What makes the person what the register says they are."""
    last = {_KINDS.ACTIVIST: "recommend", _KINDS.DEVELOPMENT_OBJECT: "decide_object", _KINDS.PROBATIONARY: "approval"}
    reached = last.get(_KINDS(member.category), "apply")
    return _ORDER.index(code) <= _ORDER.index(reached)


def _details(code: str, near: list[tuple[int, str]], entitled: int) -> dict[str, Any]:
    if code in {"contacts", "introducers"}:
        return {"people": [{"name": name, "member": key} for key, name in near[:2]]}
    if code in {"talk", "talk_above"} and near:
        return {"people": [{"name": near[0][1], "member": near[0][0]}]}
    if code == "training":
        return {"days": 3, "hours": 24}
    if code == "public_notice":
        return {"place": "党务公开栏", "phone": "内线 8021"}
    if code == "examine":
        return {"note": "积极参加学习和活动，工作踏实，同意继续培养。"}
    if code == "general_meeting" and entitled:
        present = max(entitled - 2, entitled // 2 + 1)
        counts = {"entitled": entitled, "present": present, "yes": present, "no": 0, "abstain": 0, "written": 0}
        return {"ballot": counts}
    return {}


def _plan(year: int, by: User) -> None:
    """The root was given a number and gave each part of the tree its share."""
    root = Unit.objects.get(depth=1)
    Quota.objects.create(unit=root, year=year, admissions=60, basis=f"市委组织部 {year} 年发展党员计划", by=by)
    children = list(Unit.objects.all().children_of(root).open())
    Quota.objects.bulk_create(
        Quota(unit=unit, year=year, admissions=max(1, 48 // len(children)), basis="集团党委分解下达", by=by)
        for unit in children
    )
