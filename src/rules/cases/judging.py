"""Looking at a step that was done: too early, too late, out of order, too few."""

from collections.abc import Iterator

from rules.cases.case import Case
from rules.cases.drafts import Draft, is_enough, people_needed
from rules.cases.events import Done, Outcome
from rules.cases.remarks import Remark, RemarkKind, day_words
from rules.rule import Rule


def remarks_on(case: Case, draft: Draft, drafts: list[Draft]) -> tuple[Remark, ...]:
    """Everything odd about the step; empty for one that nobody has recorded."""
    if draft.event is None:
        return ()
    found = [
        *_of_days(draft),
        *_of_order(draft, drafts),
        *_of_people(case, draft.event),
        *_of_training(case, draft.event),
    ]
    if draft.has_failed:
        found.append(Remark(RemarkKind.FAILED, _rule(case, draft)))
    if draft.event.outcome is Outcome.EXTENDED:
        found += _of_extension(case, draft.event)
    if draft.step.code == "apply" and case.born and draft.event.on:
        rule = case.clocks.rule("admission.age")
        if not case.clocks.is_old_enough(case.born, on=draft.event.on):
            years = str(rule.integer("age"))
            found.append(Remark(RemarkKind.UNDER_AGE, rule, limit=(years, years)))
    return tuple(found)


def _of_days(draft: Draft) -> Iterator[Remark]:
    on = draft.event.on if draft.event else None
    if on is None:
        return
    if draft.opens and on < draft.opens.day:
        yield Remark(RemarkKind.TOO_EARLY, draft.opens.rule, limit=day_words(draft.opens.day))
    if draft.due and on > draft.due.day:
        yield Remark(RemarkKind.LATE, draft.due.rule, limit=day_words(draft.due.day))


def _of_order(draft: Draft, drafts: list[Draft]) -> Iterator[Remark]:
    on = draft.event.on if draft.event else None
    for other in drafts:
        if other.step.code not in draft.step.after or other.step.repeats:
            continue
        if other.step.again and draft.step.again and other.turn != draft.turn:
            continue
        words = (other.step.label, other.step.label_en)
        if not other.is_done:
            yield Remark(RemarkKind.STEP_MISSING, other=words)
        elif on and other.done_on and on < other.done_on:
            yield Remark(RemarkKind.OUT_OF_ORDER, other=words)


def _of_people(case: Case, event: Done) -> Iterator[Remark]:
    needed = people_needed(case, event.step)
    if needed is None or event.people is None:
        return
    said = str(event.people)
    if event.people < needed.fewest:
        yield Remark(RemarkKind.TOO_FEW, needed.rule, found=said, limit=(str(needed.fewest), str(needed.fewest)))
    if event.people > needed.most:
        yield Remark(RemarkKind.TOO_MANY, needed.rule, found=said, limit=(str(needed.most), str(needed.most)))


def _of_training(case: Case, event: Done) -> Iterator[Remark]:
    if event.step == "training" and not is_enough(case, event):
        rule = case.clocks.rule("admission.training")
        days, hours = rule.integer("days"), rule.integer("hours")
        yield Remark(RemarkKind.TOO_SHORT, rule, limit=(f"{days}天或{hours}学时", f"{days} days or {hours} hours"))


def _of_extension(case: Case, event: Done) -> Iterator[Remark]:
    rule = case.clocks.rule("admission.extension")
    fewest, most = rule.integer("minimum_months"), rule.integer("maximum_months")
    if event.months is not None and not fewest <= event.months <= most:
        span = f"{fewest}–{most}"
        yield Remark(RemarkKind.EXTENSION_LENGTH, rule, found=str(event.months), limit=(span, span))
    if event is not case.history.extension:
        yield Remark(RemarkKind.EXTENDED_TWICE, rule)


def _rule(case: Case, draft: Draft) -> Rule | None:
    return case.clocks.rule(draft.step.rule_code) if draft.step.rule_code else None
