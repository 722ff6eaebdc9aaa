"""How far an appraisal is, from its row alone. Asks no database."""

from dataclasses import dataclass

import rules
from workspace.appraisal.models import Appraisal
from workspace.appraisal.models.ballots import Grade
from workspace.appraisal.models.people import Person
from workspace.appraisal.models.texts import Opinion

STEPS = ("review", "mutual", "ballot", "verdict", "announcement", "closing", "done")


def step_of(appraisal: Appraisal) -> str:
    """What is on: review, mutual, ballot, verdict, announcement, closing; `done` when nothing is left."""
    if not appraisal.is_running:
        return "done"
    if appraisal.mutual_on is None:
        return "review"
    if not appraisal.box:
        return "mutual"
    if not appraisal.ballot:
        return "ballot"
    if not appraisal.verdicts:
        return "verdict"
    return "closing" if appraisal.announced_on else "announcement"


def is_writing(appraisal: Appraisal) -> bool:
    """Whether the texts and the list are still open: until the ballot begins."""
    return step_of(appraisal) in {"review", "mutual"}


def without_review(appraisal: Appraisal) -> list[Person]:
    """Who takes part and has handed nothing in."""
    there = {one.member for one in appraisal.self_reviews}
    return [one for one in appraisal.participants if one.member not in there]


def not_voted(appraisal: Appraisal) -> list[Person]:
    voted = set(appraisal.voting.voted) if appraisal.voting else set()
    return [one for one in appraisal.participants if one.member not in voted]


def opinions_about(appraisal: Appraisal, member: int) -> list[Opinion]:
    return [one for one in appraisal.said if one.about == member]


@dataclass(frozen=True)
class Cap:
    """How many grades are excellent and how many generally may be, by the version of the rule the case keeps."""

    graded: int
    excellent: int
    most: int
    over: int


def cap_of(appraisal: Appraisal, grades: "list[str] | None" = None) -> Cap:
    """Of these grades, of the verdict as it stands when not said. Guidance: no grade is changed by it."""
    given = [one.grade for one in appraisal.outcome] if grades is None else grades
    excellent, graded = given.count(Grade.EXCELLENT), len(appraisal.graded)
    day = rules.rulebook().version(appraisal.rule_key).effective_from
    over = rules.too_many_excellent(min(excellent, graded), graded, on=day)
    return Cap(graded, excellent, rules.excellent_cap(graded, on=day), over)


def grade_counts(appraisal: Appraisal) -> dict[str, int]:
    """How many have each grade, in the order of the grades."""
    given = [one.grade for one in appraisal.outcome]
    return {grade.value: given.count(grade) for grade in Grade}
