"""What was written, person by person."""

from dataclasses import dataclass

from workspace.appraisal.models import Appraisal
from workspace.appraisal.models.people import Person
from workspace.appraisal.models.texts import Opinion, Review


@dataclass(frozen=True)
class Heard:
    """One opinion with its writer's name."""

    name: str
    opinion: Opinion


@dataclass(frozen=True)
class Paper:
    """One person: what they wrote of themselves, and what the others said."""

    person: Person
    review: Review | None
    heard: list[Heard]


def papers(appraisal: Appraisal) -> list[Paper]:
    """Of everybody who takes part, in the order of the list. Asks no database."""
    reviews = {one.member: one for one in appraisal.self_reviews}
    return [Paper(one, reviews.get(one.member), heard(appraisal, one.member)) for one in appraisal.participants]


def heard(appraisal: Appraisal, member: int) -> list[Heard]:
    names = {one.member: one.name for one in appraisal.persons}
    return [Heard(names.get(one.writer, "—"), one) for one in appraisal.said if one.about == member]
