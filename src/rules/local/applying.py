"""Putting a workspace's additions over the national rules and steps.

The stricter figure always wins, whatever was saved: a national rule that has become stricter than an old
addition holds.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from rules.admission_steps import CASE_STEPS, AdmissionStep, Material
from rules.local.additions import Addition, LocalMaterial, LocalStep, Tightening
from rules.periods import Every
from rules.rule import Rule, Tighter
from rules.rulebook import Rulebook

_OFTENER = tuple(Every)  # least time first
_NATIONAL = frozenset(step.code for step in CASE_STEPS)


def tightened(book: Rulebook, additions: Iterable[Addition]) -> Rulebook:
    """The same rules with the tighter figures of the workspace, each from its own day on."""
    asked: dict[str, list[Tightening]] = {}
    for addition in additions:
        if isinstance(addition, Tightening):
            asked.setdefault(addition.code, []).append(addition)
    if not asked:
        return book
    return Rulebook(piece for rule in book.rules for piece in _pieces(rule, asked.get(rule.code, ())))


def steps_with(additions: Iterable[Addition], *, on: date) -> tuple[AdmissionStep, ...]:
    """The steps of a case opened on that day: the national ones, each followed by the local ones that hang on it."""
    held = [addition for addition in additions if addition.holds(on)]
    if not held:
        return CASE_STEPS
    own: dict[str, LocalStep] = {}
    for addition in held:
        # a national step cannot be replaced, and of two with one code the first stays
        if isinstance(addition, LocalStep) and addition.code not in _NATIONAL:
            own.setdefault(addition.code, addition)
    papers = [addition for addition in held if isinstance(addition, LocalMaterial)]
    return tuple(found for step in CASE_STEPS for found in _with_local(step, own, papers))


def stricter(value: Any, other: Any, way: Tighter) -> Any:
    """Whichever of two figures asks for more."""
    return min(value, other) if way is Tighter.LOWER else max(value, other)


def _with_local(step: AdmissionStep, own: Mapping[str, LocalStep], papers: list[LocalMaterial]) -> list[AdmissionStep]:
    found = [_papers(step, papers)]
    for addition in own.values():
        if addition.after == step.code:
            found += _with_local(_step(addition, step), own, papers)
    return found


def _step(addition: LocalStep, anchor: AdmissionStep) -> AdmissionStep:
    return AdmissionStep(
        number=anchor.number,
        stage=anchor.stage,
        code=addition.code,
        label=addition.label,
        label_en=addition.label_en or addition.label,
        actor=addition.actor,
        rule_codes=(),
        after=(anchor.code,),
        basis=addition.basis,
        before=addition.before,
    )


def _papers(step: AdmissionStep, papers: list[LocalMaterial]) -> AdmissionStep:
    more = tuple(
        Material(paper.code, paper.label, paper.label_en or paper.label) for paper in papers if paper.step == step.code
    )
    return replace(step, materials=step.materials + more) if more else step


def _pieces(rule: Rule, asked: Iterable[Tightening]) -> list[Rule]:
    """One version, cut wherever a tightening begins or ends inside it."""
    asked = list(asked)
    cuts = {rule.effective_from}
    for tightening in asked:
        cuts |= {tightening.effective_from} if rule.is_in_force(tightening.effective_from) else set()
        if tightening.effective_to and rule.is_in_force(follows := tightening.effective_to + timedelta(days=1)):
            cuts.add(follows)
    starts = sorted(day for day in cuts if day >= rule.effective_from)
    ends = [day - timedelta(days=1) for day in starts[1:]]
    return [
        _piece(rule, start, end, [one for one in asked if one.holds(start)])
        for start, end in zip(starts, [*ends, rule.effective_to], strict=True)
    ]


def _piece(rule: Rule, start: date, end: date | None, asked: list[Tightening]) -> Rule:
    parameters: Mapping[str, Any] = rule.parameters
    for tightening in asked:
        parameters = _figure(rule, parameters, tightening)
    changed = parameters is not rule.parameters
    return replace(
        rule,
        effective_from=start,
        effective_to=end,
        parameters=MappingProxyType(dict(parameters)),
        local="；".join(dict.fromkeys(one.basis for one in asked)) if changed else "",
    )


def _figure(rule: Rule, parameters: Mapping[str, Any], tightening: Tightening) -> Mapping[str, Any]:
    duty = parameters.get("obligation")
    if duty and tightening.figure in {"every", "needed"}:
        return {**parameters, "obligation": MappingProxyType({**duty, **_duty(duty, tightening)})}
    way = rule.tighten.get(tightening.figure)
    if way is None or type(tightening.value) is not int:
        return parameters
    old = parameters[tightening.figure]
    new = stricter(old, tightening.value, way)
    return parameters if new == old else {**parameters, tightening.figure: new}


def _duty(duty: Mapping[str, Any], tightening: Tightening) -> dict[str, Any]:
    if tightening.figure == "needed" and type(tightening.value) is int:
        return {"needed": max(int(duty.get("needed", 1)), tightening.value)}
    if tightening.figure == "every" and isinstance(tightening.value, Every):
        return {"every": min(Every(duty["every"]), tightening.value, key=_OFTENER.index).value}
    return {}
