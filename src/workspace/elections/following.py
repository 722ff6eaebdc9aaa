"""What becomes of elections when two entries of one person are merged: every list speaks of the entry that stays."""

from functools import partial
from typing import Any

from django.db.models import Q, QuerySet

from workspace.elections.models import Election
from workspace.members.followers import Mention, mention


def announce() -> None:
    """Called once, when the application starts."""
    for column in ("candidates", "posts"):
        mention(Mention(f"elections.election.{column}", rows=partial(_listing, column), renamed=_in_list))
    mention(Mention("elections.election.roll", rows=_on_rolls, renamed=_in_roll))
    mention(Mention("elections.election.rounds", rows=_voted_on, renamed=_in_rounds))


def _listing(column: str, member: int) -> "QuerySet[Election]":
    return Election.objects.filter(**{f"{column}__contains": [{"member": member}]}).order_by("pk")


def _in_list(rows: Any, old: int, new: int) -> Any:
    """Each person once: whoever stood there by both entries stays by the first."""
    renamed = [row | {"member": new} if row["member"] == old else row for row in rows]
    return list({row["member"]: row for row in reversed(renamed)}.values())[::-1]


def _on_rolls(member: int) -> "QuerySet[Election]":
    amended = Q(roll__amendments__contains=[{"member": member}])
    return Election.objects.filter(amended | Q(roll__frozen__lines__contains=[[member]])).order_by("pk")


def _in_roll(roll: Any, old: int, new: int) -> Any:
    """A frozen list keeps all its lines: so many were entitled on that day."""
    said = dict(roll)
    if rows := said.get("amendments"):
        said["amendments"] = [row | {"member": new} if row["member"] == old else row for row in rows]
    if frozen := said.get("frozen"):
        lines = [[new, *line[1:]] if line[0] == old else line for line in frozen["lines"]]
        said["frozen"] = frozen | {"lines": lines}
    return said


def _voted_on(member: int) -> "QuerySet[Election]":
    return Election.objects.filter(rounds__contains=[{"votes": {str(member): []}}]).order_by("pk")


def _in_rounds(rounds: Any, old: int, new: int) -> Any:
    return [
        held | {"votes": {str(new) if key == str(old) else key: marks for key, marks in held["votes"].items()}}
        for held in rounds
    ]
