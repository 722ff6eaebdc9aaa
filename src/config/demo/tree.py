"""The demo's party organisations: one committee, three general branches, fifteen branches."""

from dataclasses import replace
from datetime import date

from rules import add_months
from workspace.accounts.models import User
from workspace.organization import actions
from workspace.organization.facts import Facts
from workspace.organization.models import Unit
from workspace.organization.standing import Basis

Type = Unit.Type
# A general branch with the branches below it; the first group hangs on the root itself.
PLAN: tuple[tuple[str, tuple[tuple[str, Type], ...]], ...] = (
    ("", (("集团机关第一党支部", Type.BRANCH), ("集团机关第二党支部", Type.BRANCH), ("离退休党支部", Type.BRANCH))),
    (
        "制造事业部党总支",
        (
            ("总装车间党支部", Type.BRANCH),
            ("机加车间党支部", Type.BRANCH),
            ("质量检验党支部", Type.BRANCH),
            ("设备保障党支部", Type.BRANCH),
        ),
    ),
    (
        "科技事业部党总支",
        (
            ("软件研发党支部", Type.BRANCH),
            ("硬件研发党支部", Type.BRANCH),
            ("智能装备项目党支部", Type.TEMPORARY_BRANCH),
            ("技术支持党支部", Type.BRANCH),
        ),
    ),
    (
        "营销事业部党总支",
        (
            ("华东区党支部", Type.BRANCH),
            ("华南区党支部", Type.BRANCH),
            ("西部区联合党支部", Type.JOINT_BRANCH),
            ("客户服务党支部", Type.BRANCH),
        ),
    ),
)


# Branches whose term has just ended or is about to, by their number, with the months since their election.
ENDING = {2: 37, 4: 36, 6: 35}


def grow(*, on: date) -> list[Unit]:
    """Replace the template's branches with the demo's. Returns the branches in the order of the tree."""
    root = Unit.objects.get(depth=1)
    Unit.objects.filter(path__startswith=root.path, depth__gt=1).delete()
    elected = date(on.year - 2, 3, 18)
    Unit.objects.filter(pk=root.pk).update(established_on=date(2004, 7, 1), elected_on=date(on.year - 3, 12, 20))
    number = 0
    for above, branches in PLAN:
        parent = _add(root, above, Type.GENERAL_BRANCH, date(2010, 3, 1), elected) if above else root
        for name, kind in branches:
            number += 1
            # Terms that began at different times, so that one is about to end and one has ended.
            begun = date(on.year - 3, (number % 12) + 1, 10) if number % 5 == 0 else elected
            if number in ENDING:
                begun = add_months(on, -ENDING[number])
            _add(parent, name, kind, date(2008 + number % 12, 5, 1), begun)
    return list(Unit.objects.filter(type__in=Unit.BRANCHES).order_by("path"))


def _add(parent: Unit, name: str, kind: Type, established: date, elected: date) -> Unit:
    fresh = Unit.objects.get(pk=parent.pk)  # the tree keeps counts on the row
    unit = Unit(name=name, type=kind, established_on=established, elected_on=elected)
    return Unit.objects.add_child(fresh, instance=unit)


def happen(*, by: User, on: date) -> None:
    """A past that is registered late: a branch that had another name, and one that stood elsewhere for a while."""
    renamed = Unit.objects.get(name="技术支持党支部")
    facts = Facts.of(renamed)
    before = replace(facts, name="技术服务党支部")
    actions.change(renamed, before, by=by, on=date(on.year - 3, 1, 10), basis=_paper(on.year - 3, 3))
    actions.change(renamed, facts, by=by, on=date(on.year - 1, 3, 1), basis=_paper(on.year - 1, 11))
    moved = Unit.objects.get(name="客户服务党支部")
    home, away = (Unit.objects.get(name=name) for name in ("营销事业部党总支", "科技事业部党总支"))
    actions.move(moved, to=away, by=by, on=date(on.year - 2, 9, 1), basis=_paper(on.year - 2, 21))
    actions.move(moved, to=home, by=by, on=date(on.year - 1, 7, 1), basis=_paper(on.year - 1, 18))


def _paper(year: int, number: int) -> Basis:
    return Basis(f"同集党〔{year}〕{number}号", date(year, 1, 5))
