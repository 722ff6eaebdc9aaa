"""Of what waits: questions of the units below, steps of elections, terms that end."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from workspace.accounts.models import User
from workspace.elections.models import Election
from workspace.elections.queries.guide import STAGES
from workspace.elections.queries.progress import step_of
from workspace.elections.queries.terms import UnitTerm
from workspace.elections.queries.waiting import waiting_for
from workspace.home.relations import FEW, Line


def lines(user: User, day: date) -> Iterator[Line]:
    """Four queries, and two for each question that may be theirs to answer."""
    waiting = waiting_for(user, on=day)
    for row in waiting.answers:
        url = reverse("elections:decision", args=[row.pk])
        yield day, _("批复「%(what)s」") % {"what": row.get_asks_display()}, str(row.unit), url, False
    for row in waiting.steps:
        title = _("换届：%(step)s") % {"step": STAGES[step_of(row)][0]}
        url = reverse("elections:election", args=[row.pk])
        yield row.planned_on, title, str(row.unit), url, _is_late(row, day)
    yield from _terms(waiting.terms, day)


def _terms(terms: list[UnitTerm], day: date) -> Iterator[Line]:
    if len(terms) > FEW:
        over = sum(one.stage == "over" for one in terms)
        title = _("%(count)s 个党组织要准备换届，其中逾期 %(over)s 个") % {"count": len(terms), "over": over}
        url = reverse("elections:tab", args=["over" if over else "due"])
        yield terms[0].ends or day, title, "", url, over > 0
        return
    for one in terms:
        url = f"{reverse('elections:new')}?unit={one.unit.pk}"
        title = _("任期已满，办理换届") if one.stage == "over" else _("任期将满，准备换届")
        yield one.ends or day, title, str(one.unit), url, one.stage == "over"


def _is_late(row: Election, day: date) -> bool:
    return row.held_on is None and row.planned_on < day
