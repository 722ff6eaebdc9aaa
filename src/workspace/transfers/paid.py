"""Up to which month dues are paid (党费交至): asked here, answered one floor up.

`workspace.dues` stands on this app, so it hands its answer in when the process starts; until then nobody knows.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from workspace.members.models import Member

# Members → the first day of the last month that is settled without a gap, by key; who never paid is left out.
PaidUntil = Callable[[Sequence[Member]], Mapping[int, date]]

_answers: dict[str, PaidUntil] = {}


def answer_with(answer: PaidUntil) -> None:
    """Called once, from the `ready()` of the app that keeps dues."""
    _answers["paid_until"] = answer


def paid_until(members: Sequence[Member]) -> Mapping[int, date]:
    answer = _answers.get("paid_until")
    return answer(members) if answer else {}
