"""What becomes of appraisals when two entries of one person are merged: every list speaks of the entry that stays."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet

from workspace.appraisal.models import Appraisal
from workspace.members.followers import Mention, mention


def announce() -> None:
    """Called once, when the application starts."""
    for column in ("people", "reviews", "verdicts"):
        mention(_of(column, partial(_listed, column), _in_list))
    mention(_of("opinions", _in_opinions, _renamed_opinions))
    mention(_of("box", _in_box, _renamed_box))
    mention(_of("ballot", lambda member: Q(ballot__tally__has_key=str(member)), _renamed_tally))


def _of(column: str, where: Callable[[int], Q], renamed: Callable[[Any, int, int], Any]) -> Mention:
    return Mention(f"appraisal.appraisal.{column}", rows=partial(_rows, where), renamed=renamed)


def _rows(where: Callable[[int], Q], member: int) -> "QuerySet[Appraisal]":
    return Appraisal.objects.filter(where(member)).order_by("pk")


def _listed(column: str, member: int) -> Q:
    return Q(**{f"{column}__contains": [{"member": member}]})


def _in_list(rows: Any, old: int, new: int) -> Any:
    """Each person once: whoever stood there by both entries stays by the first."""
    renamed = [row | {"member": new} if row["member"] == old else row for row in rows]
    return list({row["member"]: row for row in reversed(renamed)}.values())[::-1]


def _in_opinions(member: int) -> Q:
    return Q(opinions__contains=[{"writer": member}]) | Q(opinions__contains=[{"about": member}])


def _renamed_opinions(rows: Any, old: int, new: int) -> Any:
    """What one entry said of the other falls away: nobody writes of themselves."""
    names = ("writer", "about")
    renamed = [row | {name: new for name in names if row[name] == old} for row in rows]
    kept = {(row["writer"], row["about"]): row for row in reversed(renamed) if row["writer"] != row["about"]}
    return list(kept.values())[::-1]


def _in_box(member: int) -> Q:
    return Q(box__voted__contains=[member]) | Q(box__tally__has_key=str(member))


def _renamed_box(box: Any, old: int, new: int) -> Any:
    voted = sorted({new if key == old else key for key in box.get("voted", ())})
    return _renamed_tally(box, old, new) | ({"voted": voted} if voted else {})


def _renamed_tally(said: Any, old: int, new: int) -> Any:
    """The marks of the entry that stays hold, where both were voted on."""
    tally = dict(said.get("tally", {}))
    gone = tally.pop(str(old), None)
    if gone is not None:
        tally.setdefault(str(new), gone)
    return said | ({"tally": tally} if tally else {})
