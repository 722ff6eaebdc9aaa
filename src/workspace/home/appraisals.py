"""Of what waits: what a member has to write or vote in an appraisal, and its next step for the committee."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from workspace.accounts.models import User
from workspace.appraisal.models import Appraisal
from workspace.appraisal.queries.guide import STAGES
from workspace.appraisal.queries.progress import step_of
from workspace.appraisal.queries.visibility import Own
from workspace.appraisal.queries.waiting import waiting_for
from workspace.home.relations import FEW, Line


def lines(user: User, day: date) -> Iterator[Line]:
    """Four queries, and one more where there are many."""
    waiting = waiting_for(user)
    for own, what in waiting.mine:
        yield _mine(own, what, day)
    if len(waiting.steps) > FEW:
        title = _("%(count)s 个党支部的民主评议等待办理") % {"count": waiting.number}
        late = any(_is_late(row, day) for row in waiting.steps)
        yield waiting.steps[0].planned_on, title, "", reverse("appraisal:tab", args=["running"]), late
        return
    for row in waiting.steps:
        title = _("民主评议：%(step)s") % {"step": STAGES[step_of(row)][0]}
        url = reverse("appraisal:appraisal", args=[row.pk])
        yield row.planned_on, title, str(row.unit), url, _is_late(row, day)


def _mine(own: Own, what: str, day: date) -> Line:
    row = own.appraisal
    titles = {"review": _("写民主评议自评"), "mutual": _("给同志提意见"), "vote": _("民主测评：请投票")}
    url = reverse("appraisal:vote" if what == "vote" else "appraisal:mine", args=[row.pk])
    # An opinion may be said at the meeting instead: it is never late.
    return row.planned_on, titles[what], str(row.unit), url, what == "review" and row.planned_on < day


def _is_late(row: Appraisal, day: date) -> bool:
    return row.mutual_on is None and row.planned_on < day
