"""The result person by person, for pages, sheets and programs."""

from dataclasses import dataclass

from workspace.appraisal.models import Appraisal
from workspace.appraisal.models.ballots import Grade
from workspace.appraisal.models.people import Person
from workspace.appraisal.models.verdicts import Verdict


@dataclass(frozen=True)
class Line:
    """`marks` are empty before the ballot is counted, `leading` the grades most ballots said."""

    person: Person
    marks: dict[str, int]
    leading: list[str]
    verdict: Verdict | None

    @property
    def leading_label(self) -> str:
        return "、".join(str(Grade(grade).label) for grade in self.leading)

    @property
    def told(self) -> list[int]:
        """The marks in the order of the columns."""
        return list(self.marks.values())


def lines(appraisal: Appraisal) -> list[Line]:
    """Those who are graded, in the order of the list."""
    verdicts = {one.member: one for one in appraisal.outcome}
    counted = appraisal.counted
    return [
        Line(
            one,
            counted.marks(one.member) if counted else {},
            counted.leading(one.member) if counted else [],
            verdicts.get(one.member),
        )
        for one in appraisal.graded
    ]


def verdict_of(appraisal: Appraisal, member: int) -> Verdict | None:
    """What a member reads of their own: nothing before the announcement."""
    if appraisal.announced_on is None:
        return None
    return next((one for one in appraisal.outcome if one.member == member), None)
