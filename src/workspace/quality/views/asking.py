"""Ask the branches of a unit to complete their entries."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shared.clock import today
from shared.http import Request
from workspace.access.queries import units_where
from workspace.organization.visibility import unit_for
from workspace.quality import actions, queries
from workspace.quality.reading import asked


@login_required
@require_POST
def asking(request: Request) -> HttpResponse:
    """One click for all of them; who was asked before and is not done is not asked twice."""
    unit, survey = asked(request.user, request.POST.get("unit", ""))
    unit_for(request.user, unit.pk, to=queries.ASK)
    units = list(units_where(request.user, queries.ASK).below(unit).open())
    done = actions.ask(survey, units, by=request.user, on=today())
    messages.success(request, _told(done))
    return redirect(f"{reverse('quality:overview')}?unit={unit.pk}")


def _told(done: actions.Asked) -> str:
    said = [_("已请 {now} 个党组织补全。").format(now=done.now)] if done.now else [_("没有新的党组织需要通知。")]
    if done.before:
        said.append(_("{before} 个以前请过、还没有补全，不重复通知。").format(before=done.before))
    if done.untold:
        said.append(_("其中 {untold} 个没有别人可以通知，请自己处理或先任命支部书记。").format(untold=done.untold))
    return "".join(said)
