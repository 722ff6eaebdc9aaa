"""A unit's dated changes with what they rest on, as its history page tells them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from workspace.organization.models import Change, Unit
from workspace.organization.standing import Standing

Kind = Change.Kind


@dataclass(frozen=True)
class Stage:
    """Read by the timeline component: `on`, `by`, `title`, `text`. `change` is the row behind it, if there is one."""

    on: date | None
    by: str
    title: str
    text: str = ""
    change: Change | None = None


def timeline(unit: Unit) -> list[Stage]:
    """The newest first. A unit without rows tells its beginning and end from its own dates. Two queries."""
    changes = list(Change.objects.filter(unit=unit).in_order().select_related("by"))
    names = _names(changes)
    stages = [_stage(change, names) for change in changes]
    if not changes or changes[0].before is not None:
        stages.insert(0, Stage(unit.established_on, "", _("成立") if unit.established_on else _("成立日期未填写")))
    if not changes and unit.closed_on:
        stages.append(Stage(unit.closed_on, "", _("撤销"), unit.closing_reason))
    return stages[::-1]


def _stage(change: Change, names: dict[int, str]) -> Stage:
    return Stage(change.on, change.by.name if change.by else "", _title(change, names), _paper(change), change)


def _title(change: Change, names: dict[int, str]) -> str:
    was, became = change.was, change.became
    others = "、".join(other.name for other in change.involved)
    if was is None and became is not None:
        return _beginning(change, became, others, names)
    if became is None:
        return _("并入{others}").format(others=others) if change.kind == Kind.MERGED else _("撤销")
    if change.kind == Kind.MERGED and others:
        return _("{others}并入").format(others=others)
    if change.kind == Kind.SPLIT and others:
        return _("分设出{others}").format(others=others)
    told = "；".join(_differing(was, became, names)) if was else ""
    return _("{kind}：{told}").format(kind=change.get_kind_display(), told=told) if told else change.get_kind_display()


def _beginning(change: Change, became: Standing, others: str, names: dict[int, str]) -> str:
    if change.kind == Kind.RESTORED:
        return _("恢复")
    if change.kind == Kind.SPLIT:
        return _("由{others}分设成立：{name}").format(others=others, name=became.name)
    if change.paper.is_assumed:
        return _("登记：{name}（成立日期未填写）").format(name=became.name)
    above = names.get(became.parent or 0, "")
    if above:
        return _("成立：{name}，隶属{above}").format(name=became.name, above=above)
    return _("成立：{name}").format(name=became.name)


def _differing(was: Standing, became: Standing, names: dict[int, str]) -> list[str]:
    told = []
    if was.name != became.name:
        told.append(f"{was.name} → {became.name}")
    if was.type != became.type:
        told.append(f"{Unit.Type(was.type).label} → {Unit.Type(became.type).label}")
    if was.parent != became.parent:
        before, after = names.get(was.parent or 0, "—"), names.get(became.parent or 0, "—")
        told.append(_("隶属 {before} → {after}").format(before=before, after=after))
    return told


def _paper(change: Change) -> str:
    """批复文号、批复日期、说明."""
    paper = change.paper
    parts = [paper.number]
    if paper.on:
        parts.append(_("{day}批复").format(day=paper.on.isoformat()))
    return "，".join(part for part in (*parts, paper.note) if part)


def _names(changes: Iterable[Change]) -> dict[int, str]:
    """What the units above are called today."""
    keys = {standing.parent for change in changes for standing in (change.was, change.became) if standing}
    return {unit.pk: str(unit) for unit in Unit.objects.filter(pk__in=keys - {None})}
