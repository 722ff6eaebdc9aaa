"""Checking what a workspace wants to add. National nodes are never deleted, shortened or rewritten."""

from collections.abc import Iterable, Iterator
from datetime import date

from rules.admission_steps import CASE_STEPS
from rules.local.additions import Addition, LocalDeadline, LocalMaterial, LocalStep, Span, Tightening
from rules.local.reasons import LocalRefusal, Why, Words
from rules.periods import Every
from rules.rule import Rule, Tighter
from rules.rulebook import Rulebook, UnknownRule, rulebook

_PLACES = {step.code: place for place, step in enumerate(CASE_STEPS)}
_STEPS = {step.code: step for step in CASE_STEPS}
_PAPERS = {paper.code for step in CASE_STEPS for paper in step.materials}
_LONGEST_MONTH = 31
_OFTENER = tuple(Every)


def refusals(additions: Iterable[Addition], *, book: Rulebook | None = None) -> list[LocalRefusal]:
    """Everything against these additions taken together; empty when all of them may be saved."""
    given = list(additions)
    chosen = book or rulebook()
    own = {addition.code: addition for addition in given if isinstance(addition, LocalStep)}
    found: list[LocalRefusal] = []
    for addition in given:
        found += _of_any(addition)
        if isinstance(addition, Tightening):
            found += _of_tightening(addition, chosen)
        elif isinstance(addition, LocalStep):
            found += _of_step(addition, own)
        elif isinstance(addition, LocalDeadline):
            found += _of_deadline(addition, own, chosen)
        elif isinstance(addition, LocalMaterial):
            found += _of_material(addition, own)
    return [*found, *_twice(given)]


def _of_any(addition: Addition) -> Iterator[LocalRefusal]:
    if not addition.basis.strip():
        yield LocalRefusal(addition, Why.BASIS_MISSING)
    if addition.effective_to and addition.effective_to < addition.effective_from:
        yield LocalRefusal(addition, Why.DAYS_REVERSED)


def _of_tightening(asked: Tightening, book: Rulebook) -> Iterator[LocalRefusal]:
    try:
        versions = [rule for rule in book.versions(asked.code) if _meet(rule, asked)]
    except UnknownRule:
        yield LocalRefusal(asked, Why.UNKNOWN_RULE, name=asked.code)
        return
    if not versions:
        yield LocalRefusal(asked, Why.NOT_IN_FORCE, name=asked.code)
    for rule in versions:
        yield from _of_duty(asked, rule) if asked.figure in {"every", "needed"} else _of_figure(asked, rule)


def _of_figure(asked: Tightening, rule: Rule) -> Iterator[LocalRefusal]:
    way = rule.tighten.get(asked.figure)
    if way is None:
        yield LocalRefusal(asked, Why.FIXED, name=f"{rule.citation} {asked.figure}", rule=rule)
    elif type(asked.value) is not int or asked.value < 1 or _crosses(asked, rule):
        yield LocalRefusal(asked, Why.IMPOSSIBLE, name=asked.figure, asked=_both(asked.value), rule=rule)
    elif not _is_stricter(rule.integer(asked.figure), asked.value, way):
        yield _looser(asked, rule, _both(rule.integer(asked.figure)), _both(asked.value))


def _of_duty(asked: Tightening, rule: Rule) -> Iterator[LocalRefusal]:
    duty = rule.parameters.get("obligation")
    if duty is None:
        yield LocalRefusal(asked, Why.FIXED, name=f"{rule.citation} {asked.figure}", rule=rule)
    elif asked.figure == "every":
        if not isinstance(asked.value, Every):
            yield LocalRefusal(asked, Why.IMPOSSIBLE, name=asked.figure, asked=_both(asked.value), rule=rule)
        elif _OFTENER.index(asked.value) >= _OFTENER.index(Every(duty["every"])):
            yield _looser(asked, rule, _both(Every(duty["every"])), _both(asked.value))
    elif type(asked.value) is not int or asked.value < 1:
        yield LocalRefusal(asked, Why.IMPOSSIBLE, name=asked.figure, asked=_both(asked.value), rule=rule)
    elif asked.value <= duty.get("needed", 1):
        yield _looser(asked, rule, _both(duty.get("needed", 1)), _both(asked.value))


def _of_step(step: LocalStep, own: dict[str, LocalStep]) -> Iterator[LocalRefusal]:
    if step.code in _STEPS:
        yield LocalRefusal(step, Why.REWRITES, name=step.code)
    if not step.label.strip():
        yield LocalRefusal(step, Why.IMPOSSIBLE, name="label", asked=_both(step.label))
    anchor = _anchor(step, own)
    if anchor is None:
        yield LocalRefusal(step, Why.UNKNOWN_STEP, name=step.after)
    if step.before and step.before not in _STEPS:
        yield LocalRefusal(step, Why.UNKNOWN_STEP, name=step.before)
    elif step.before and anchor is not None and _PLACES[step.before] <= _PLACES[anchor]:
        yield LocalRefusal(step, Why.WRONG_ORDER, name=step.after, asked=(step.before, step.before))
    if step.within is not None:
        yield from _of_length(step, step.within)


def _of_deadline(asked: LocalDeadline, own: dict[str, LocalStep], book: Rulebook) -> Iterator[LocalRefusal]:
    for code in (asked.step, asked.after):
        if code not in _STEPS and code not in own:
            yield LocalRefusal(asked, Why.UNKNOWN_STEP, name=code)
    yield from _of_length(asked, asked.within)
    step = _STEPS.get(asked.step)
    if step is None or asked.after not in _STEPS:
        return
    if _PLACES[asked.step] <= _PLACES[asked.after]:
        yield LocalRefusal(asked, Why.WRONG_ORDER, name=asked.after, asked=(asked.step, asked.step))
    for clock, is_wrong, why in ((step.due, _is_never_sooner, Why.LOOSER), (step.opens, _may_be_sooner, Why.SHORTER)):
        if clock is None or clock.start != asked.after:
            continue
        for rule in book.versions(clock.rule_code):
            if _meet(rule, asked) and "months" in rule.parameters and is_wrong(asked.within, rule):
                national = _both(Span(months=rule.integer("months")))
                yield LocalRefusal(asked, why, name=rule.code, national=national, asked=_both(asked.within), rule=rule)


def _of_material(paper: LocalMaterial, own: dict[str, LocalStep]) -> Iterator[LocalRefusal]:
    if paper.step not in _STEPS and paper.step not in own:
        yield LocalRefusal(paper, Why.UNKNOWN_STEP, name=paper.step)
    if paper.code in _PAPERS:
        yield LocalRefusal(paper, Why.REWRITES, name=paper.code)


def _twice(given: list[Addition]) -> Iterator[LocalRefusal]:
    """The same thing asked for again on days that the other one covers."""
    seen: dict[tuple[str, ...], list[Addition]] = {}
    for addition in given:
        name = _named(addition)
        if name is None:
            continue
        if any(_overlap(addition, other) for other in seen.get(name, ())):
            yield LocalRefusal(addition, Why.TWICE, name=name[-1])
        seen.setdefault(name, []).append(addition)


def _named(addition: Addition) -> tuple[str, ...] | None:
    if isinstance(addition, Tightening):
        return (addition.figure, addition.code)
    if isinstance(addition, LocalStep | LocalMaterial):
        return (type(addition).__name__, addition.code)
    return None


def _anchor(step: LocalStep, own: dict[str, LocalStep]) -> str | None:
    """The national step that this one hangs on in the end; None when there is none, or the steps go round."""
    seen: set[str] = set()
    code = step.after
    while code not in _STEPS:
        if code in seen or code not in own:
            return None
        seen.add(code)
        code = own[code].after
    return code


def _of_length(addition: Addition, length: Span) -> Iterator[LocalRefusal]:
    if not length.is_one_length:
        yield LocalRefusal(addition, Why.NO_LENGTH)


def _looser(asked: Addition, rule: Rule, national: Words, wanted: Words) -> LocalRefusal:
    return LocalRefusal(asked, Why.LOOSER, name=rule.code, national=national, asked=wanted, rule=rule)


def _is_stricter(national: int, asked: int, way: Tighter) -> bool:
    return asked < national if way is Tighter.LOWER else asked > national


def _crosses(asked: Tightening, rule: Rule) -> bool:
    """A least number above the greatest one, or the other way round."""
    if asked.figure == "minimum":
        return int(asked.value) > int(rule.parameters.get("maximum", asked.value))
    if asked.figure == "maximum":
        return int(asked.value) < int(rule.parameters.get("minimum", asked.value))
    return False


def _is_never_sooner(length: Span, rule: Rule) -> bool:
    """Whether a length can on no calendar end before so many months; the plan takes the earlier of the two anyway."""
    months = rule.integer("months")
    if length.months:
        return length.months >= months
    return max(length.days, length.working_days) >= months * _LONGEST_MONTH


def _may_be_sooner(length: Span, rule: Rule) -> bool:
    """Whether a length can end before so many months, on some calendar."""
    months = rule.integer("months")
    if length.months:
        return length.months < months
    return max(length.days, length.working_days) < months * _LONGEST_MONTH


def _meet(rule: Rule, addition: Addition) -> bool:
    return _days_meet(rule.effective_from, rule.effective_to, addition)


def _overlap(one: Addition, other: Addition) -> bool:
    return _days_meet(one.effective_from, one.effective_to, other)


def _days_meet(first: date, last: date | None, addition: Addition) -> bool:
    ends_before = last is not None and last < addition.effective_from
    return not ends_before and (addition.effective_to is None or addition.effective_to >= first)


def _both(value: object) -> Words:
    """A figure as people say it, in both languages."""
    if isinstance(value, Every | Span):
        return value.label, value.label_en
    return str(value), str(value)
