"""Rows into drafts: who is meant, which days are given, and why a row is given back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rules import CASE_STEPS, Done, NodeState, case_plan
from shared.refusals import Refusal
from shared.spreadsheets.cells import Cell, is_blank, text_of
from shared.spreadsheets.dates import BadDate, read_date
from workspace.accounts.models import User
from workspace.development.importing.columns import LABELS, STEPS, fields_of
from workspace.development.importing.drafts import Draft, Event
from workspace.development.models import Case
from workspace.development.queries.visibility import branches_handled_by
from workspace.development.wording import remark
from workspace.members.importing import Table, UnitName
from workspace.members.importing.cleaning import clean
from workspace.members.importing.columns import BY_NAME
from workspace.members.importing.problems import MESSAGES
from workspace.members.importing.tables import SourceRow
from workspace.members.importing.units import UnitIndex
from workspace.members.models import Member
from workspace.organization.models import Unit

MOST_ROWS = 500
_NUMBER = {step.code: place for place, step in enumerate(CASE_STEPS)}
_BETWEEN = "、，,；;"


class TooManyRows(Refusal):
    message = gettext_lazy("一次最多导入 {limit} 份档案，这份表格有 {found} 行。请拆分后分批导入。")
    status = 400


class NoSteps(Refusal):
    message = gettext_lazy("没有找到“申请入党日期”等步骤日期的列。请下载模板对照列名。")
    status = 400


@dataclass(frozen=True)
class Desk:
    """What judging needs beside the rows: looked up once for a whole sheet."""

    columns: Mapping[str, int]
    units: UnitIndex
    only_unit: int | None
    by_number: Mapping[str, Member]
    by_name: Mapping[tuple[str, int], list[Member]]
    handled: frozenset[int]
    busy: frozenset[int]
    on: date
    fills: bool


def judge(table: Table, *, user: User, on: date, fills: bool) -> list[Draft]:
    """A draft a row. `fills` puts steps without a day, before the last dated one, on record as done on an unknown day.

    Raises TooManyRows, NoSteps. Five queries.
    """
    columns = fields_of(table.labels)
    if len(table.rows) > MOST_ROWS:
        raise TooManyRows(limit=MOST_ROWS, found=len(table.rows))
    if not set(columns) & set(STEPS):
        raise NoSteps
    desk = _desk(table, columns, user, on, fills=fills)
    drafts = [_draft(row, desk) for row in table.rows]
    return _without_doubles(drafts)


def _desk(table: Table, columns: Mapping[str, int], user: User, on: date, *, fills: bool) -> Desk:
    branches = list(branches_handled_by(user))
    numbers = {text_of(_cell(row, columns, "citizen_number")).upper() for row in table.rows} - {""}
    names = {text_of(_cell(row, columns, "name")) for row in table.rows} - {""}
    found = list(Member.objects.filter(citizen_number__in=numbers)) + list(
        Member.objects.present().filter(name__in=names)
    )
    by_name: dict[tuple[str, int], list[Member]] = {}
    for member in {one.pk: one for one in found}.values():
        by_name.setdefault((member.name, member.unit_id), []).append(member)
    busy = Case.objects.filter(member__in=[one.pk for one in found], state=Case.State.OPEN)
    return Desk(
        columns=columns,
        units=UnitIndex([UnitName(str(unit.pk), unit.name, unit.short_name) for unit in branches]),
        only_unit=branches[0].pk if len(branches) == 1 else None,
        by_number={one.citizen_number: one for one in found if one.citizen_number},
        by_name=by_name,
        handled=frozenset(unit.pk for unit in branches),
        busy=frozenset(busy.values_list("member", flat=True)),
        on=on,
        fills=fills,
    )


def _draft(row: SourceRow, desk: Desk) -> Draft:
    problems: list[str] = []
    person = dict(_person(row, desk, problems))
    unit = _unit(row, desk, problems)
    member = _member(person, unit, desk, problems)
    events = list(_events(row, desk, problems))
    draft = Draft(
        number=row.number,
        name=str(person.get("name", "")),
        unit=unit,
        member=member.pk if member else None,
        person=person if member is None else {},
        events=events,
        problems=problems,
    )
    if not events and not problems:
        problems.append(_("没有任何步骤的日期。"))
    return draft if problems else _planned(draft, member, desk)


def _person(row: SourceRow, desk: Desk, problems: list[str]) -> Iterator[tuple[str, Any]]:
    """Name, number with what it says, phone, post."""
    for field in ("name", "citizen_number", "birth_date", "phone", "job"):
        cleaned = clean(BY_NAME[field], _cell(row, desk.columns, field))
        if cleaned.problem and cleaned.problem.is_error:
            problems.append(cleaned.problem.message)
        if cleaned.value not in (None, ""):
            yield field, cleaned.value.isoformat() if isinstance(cleaned.value, date) else cleaned.value
        if cleaned.citizen:
            yield "birth_date", cleaned.citizen.birth_date.isoformat()
            yield "sex", cleaned.citizen.sex
    if is_blank(_cell(row, desk.columns, "name")):
        problems.append(str(MESSAGES["required"]).format(label=LABELS["name"]))


def _unit(row: SourceRow, desk: Desk, problems: list[str]) -> int | None:
    text = text_of(_cell(row, desk.columns, "unit"))
    if not text:
        if desk.only_unit is None:
            problems.append(str(MESSAGES["required"]).format(label=LABELS["unit"]))
        return desk.only_unit
    found = desk.units.match(text)
    if found.unit is None:
        problems.append(found.problem.message if found.problem else text)
        return None
    return int(found.unit.key)


def _member(person: dict[str, Any], unit: int | None, desk: Desk, problems: list[str]) -> Member | None:
    """Who on the register is meant; None for a newcomer."""
    number, name = person.get("citizen_number"), str(person.get("name", ""))
    known = desk.by_number.get(str(number)) if number else None
    if known is None and not number:
        same = desk.by_name.get((name, unit or 0), [])
        if len(same) > 1:
            problems.append(_("本支部有多个同名的人，请补上公民身份号码。"))
        known = same[0] if len(same) == 1 else None
    if known is None:
        if not person.get("birth_date"):
            problems.append(_("名册里没有这个人；新登记的请填写公民身份号码或出生日期。"))
        return None
    problems.extend(_against(known, desk))
    return known


def _against(member: Member, desk: Desk) -> Iterator[str]:
    if member.unit_id not in desk.handled:
        yield _("这个人已登记在本单位的其他党组织，请联系单位管理员核对。")
    elif member.left_on:
        yield _("这个人已不在册，请先在名册中恢复在册。")
    elif member.category == Member.Category.FULL:
        yield _("这个人已是正式党员，不需要发展档案。")
    elif member.pk in desk.busy:
        yield _("这个人已有一份进行中的发展档案。")


def _events(row: SourceRow, desk: Desk, problems: list[str]) -> Iterator[Event]:
    for code in STEPS:
        cell = _cell(row, desk.columns, code)
        if is_blank(cell):
            continue
        # several examinations may stand in one cell
        for part in _parts(cell) if code == "examine" else [cell]:
            day = _day(code, part, desk, problems)
            if day:
                yield Event(code, day.isoformat(), _beside(code, row, desk))


def _parts(cell: Cell) -> list[Cell]:
    if not isinstance(cell, str):
        return [cell]
    text = cell
    for sign in _BETWEEN:
        text = text.replace(sign, "\n")
    return [part for part in text.split("\n") if part.strip()]


def _day(code: str, cell: Cell, desk: Desk, problems: list[str]) -> date | None:
    try:
        day = read_date(cell).day
    except BadDate as bad:
        problems.append(f"{LABELS[code]}：{str(MESSAGES[bad.code]).format(text=text_of(cell))}")
        return None
    if day > desk.on:
        problems.append(f"{LABELS[code]}：{str(MESSAGES['in_future']).format(date=day)}")
        return None
    return day


def _beside(code: str, row: SourceRow, desk: Desk) -> dict[str, Any]:
    """Contacts and introducers by name, hours of the training."""
    column = {"contacts": "contact_names", "introducers": "introducer_names", "training": "training_hours"}.get(code)
    cell = _cell(row, desk.columns, column) if column else None
    if is_blank(cell):
        return {}
    if code == "training":
        digits = "".join(sign for sign in text_of(cell) if sign.isdecimal())
        return {"hours": int(digits)} if digits else {}
    return {"people": [{"name": text_of(part), "member": None} for part in _parts(text_of(cell))]}


def _planned(draft: Draft, member: Member | None, desk: Desk) -> Draft:
    """With the steps nobody dated, and what the rules find odd."""
    events = [*draft.events, *_undated(draft, desk.on)] if desk.fills else draft.events
    born = member.birth_date if member else _born(draft)
    nodes = case_plan([event.done for event in events], desk.on, opened_on=draft.opened_on, born=born)
    said = [remark(one) for node in nodes for one in node.remarks if one.kind != "step_missing"]
    return replace(draft, events=events, remarks=said)


def _born(draft: Draft) -> date | None:
    text = draft.person.get("birth_date")
    return date.fromisoformat(text) if text else None


def _undated(draft: Draft, on: date) -> list[Event]:
    """What must have happened before the last dated step, on days nobody wrote down."""
    given = {event.code for event in draft.events}
    last = max(_NUMBER[event.code] for event in draft.events)
    added = [Event(step.code, "") for step in CASE_STEPS if _NUMBER[step.code] < last and _is_owed(step, given, draft)]
    return [*added, *_examinations([*draft.events, *added], draft, on)]


def _is_owed(step: Any, given: set[str], draft: Draft) -> bool:
    asked = {node.step.code for node in case_plan([], draft.opened_on, opened_on=draft.opened_on)}
    return step.code in asked and step.code not in given and not step.repeats and step.code != "probation"


def _examinations(events: list[Event], draft: Draft, on: date) -> list[Event]:
    """As many half-years as passed up to the last dated step, those given left out."""
    last = max(event.day for event in events if event.day)
    done: list[Done] = [event.done for event in events]
    return [
        Event(node.step.code, "")
        for node in case_plan(done, on, opened_on=draft.opened_on)
        if node.step.repeats and node.state is not NodeState.DONE and node.due_on and node.due_on <= last
    ]


def _without_doubles(drafts: list[Draft]) -> list[Draft]:
    """The same person twice in a sheet: the later row is given back."""
    seen: dict[object, int] = {}
    found = []
    for draft in drafts:
        key = draft.member or draft.person.get("citizen_number") or (draft.name, draft.unit)
        if key in seen:
            again = _("与第 {row} 行是同一个人。").format(row=seen[key])
            found.append(replace(draft, problems=[*draft.problems, again]))
        else:
            seen[key] = draft.number
            found.append(draft)
    return found


def _cell(row: SourceRow, columns: Mapping[str, int], field: str | None) -> Cell:
    place = columns.get(field or "")
    return row.cells[place] if place is not None and place < len(row.cells) else None


def units_of(drafts: list[Draft]) -> dict[int, Unit]:
    """The units of the drafts by key."""
    return Unit.objects.in_bulk({draft.unit for draft in drafts if draft.unit})
