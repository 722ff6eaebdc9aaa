"""Tell people what is due soon or late: once when it comes near and once when it has passed."""

from collections import defaultdict
from datetime import date

from django.utils.translation import gettext as _

from rules import Node
from workspace.access.queries.nearest import people_near
from workspace.accounts.models import User
from workspace.development.actions.refreshing import refresh
from workspace.development.models import Case
from workspace.development.queries.above import committee_above, is_decided_above
from workspace.development.queries.plans import SOON, Plan
from workspace.development.queries.visibility import APPROVE, HANDLE
from workspace.development.wording import said
from workspace.inbox.models import Message

_MOST_LINES = 20


def remind_all(*, on: date) -> int:
    """Over all open cases; returns how many messages were sent. What was said once is not said again."""
    lines: dict[int, list[str]] = defaultdict(list)
    near: dict[tuple[str, int], list[User]] = {}
    cases = Case.objects.open().filter(member__unit__is_sample=False).select_related("member__unit")
    for case in cases.prefetch_related("steps").iterator(chunk_size=200):
        plan = refresh(case, on=on)
        node = plan.first
        mark = _mark(node, on)
        if node is None or not mark or mark == case.reminded:
            continue
        case.reminded = mark
        case.save(update_fields=["reminded"])
        for person in _people(plan, node, near):
            if person.pk != case.member.user_id:
                lines[person.pk].append(_line(case, node, on))
    Message.objects.bulk_create(
        Message(
            to_id=person,
            title=_("发展党员：{count} 项即将到期或已逾期").format(count=len(found)),
            body="\n".join(found[:_MOST_LINES]),
            link="/development/",
        )
        for person, found in sorted(lines.items())
    )
    return len(lines)


def _mark(node: Node | None, on: date) -> str:
    """What is said of the step: near, or late; empty when it is neither."""
    if node is None or node.due_on is None or node.due_on > on + SOON:
        return ""
    return f"{node.key}|{node.due_on.isoformat()}|{'late' if node.due_on < on else 'soon'}"


def _people(plan: Plan, node: Node, near: dict[tuple[str, int], list[User]]) -> list[User]:
    """Those of the branch, or of the level above where it decides; asked once a unit."""
    above = committee_above(plan.case.unit) if is_decided_above(node.step.code, plan.clocks) else None
    unit, verb = (above, APPROVE) if above else (plan.case.unit, HANDLE)
    if (verb, unit.pk) not in near:
        near[verb, unit.pk] = list(people_near(verb, unit))
    return near[verb, unit.pk]


def _line(case: Case, node: Node, on: date) -> str:
    due = node.due_on.isoformat() if node.due_on else ""
    words = (
        _("{name}（{unit}）：{step}，{day} 到期")
        if (node.due_on or on) >= on
        else _("{name}（{unit}）：{step}，{day} 已逾期")
    )
    return words.format(name=case.member.name, unit=case.unit, step=said(node.step), day=due)
