"""What waits for whom: members who have to write or vote, committees whose appraisal has a step to take."""

from dataclasses import dataclass

from workspace.access.queries import units_where
from workspace.accounts.models import User
from workspace.appraisal.models import Appraisal
from workspace.appraisal.models.ballots import Way
from workspace.appraisal.queries.progress import step_of
from workspace.appraisal.queries.visibility import HANDLE, Own, own_appraisals

MOST = 12  # rows looked at; the page behind the link has the rest


@dataclass(frozen=True)
class Waiting:
    """`mine` are (appraisal, what: `review`, `mutual` or `vote`); `steps` wait for the committee,
    the first of `number`."""

    mine: list[tuple[Own, str]]
    steps: list[Appraisal]
    number: int


def waiting_for(user: User) -> Waiting:
    """Three queries, and one more where there are many."""
    mine = [(own, what) for own in own_appraisals(user) if (what := asked_of(own))]
    units = units_where(user, HANDLE).filter(is_sample=False).order_by().values("pk")
    running = Appraisal.objects.running().filter(unit__in=units).select_related("unit").without_texts()
    steps = list(running.order_by("planned_on", "pk")[:MOST])
    return Waiting(mine, steps, running.count() if len(steps) == MOST else len(steps))


def asked_of(own: Own) -> str:
    """What a member has to do now; empty for nothing."""
    row, key = own.appraisal, own.person.member
    step = step_of(row)
    if not own.person.takes_part or step not in {"review", "mutual", "ballot"}:
        return ""
    if step == "ballot":
        voting = row.voting
        return "vote" if voting and voting.way == Way.PHONE and key not in voting.voted else ""
    if not any(one.member == key for one in row.self_reviews):
        return "review"
    if step == "mutual" and not any(one.writer == key for one in row.said):
        return "mutual"
    return ""
