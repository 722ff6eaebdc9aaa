"""Doubt a figure, and answer doubts."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shared.clock import now
from shared.components import Column, Empty, Table
from shared.components.badges import badge
from shared.http import Request
from workspace.indicators import actions, links, queries
from workspace.indicators.dashboards import KINDS
from workspace.indicators.forms import AnswerForm, ContestForm
from workspace.indicators.models import Contest
from workspace.indicators.views.reading import asked, kind_named


@login_required
@require_safe
def contests(request: Request) -> HttpResponse:
    """Every doubt the reader may see, newest first."""
    table = Table(
        request,
        queries.contests_visible_to(request.user),
        [
            Column(name="text", label=_("疑问"), value=str, link=lambda row: links.to("indicators:contest", row.pk)),
            Column(name="unit", label=_("党组织"), value=lambda row: str(row.unit)),
            Column(name="dashboard", label=_("看板"), value=_title),
            Column(name="at", label=_("提出日期"), kind="date", sort="at"),
            Column(name="state", label=_("状态"), value=_state, kind="html"),
        ],
        caption=_("数据疑问"),
        empty=Empty(title=_("还没有疑问"), text=_("在任何一个看板下方都可以对数字提出疑问。"), icon="message-question"),
    )
    crumbs = [(_("六个一目了然"), links.to("indicators:overview")), (_("数据疑问"), "")]
    return render(request, "indicators/contests.html", {"table": table, "crumbs": crumbs})


@login_required
@require_POST
def opening(request: Request, name: str) -> HttpResponse:
    """Ask the unit of a dashboard about one of its figures."""
    board = kind_named(name).build(asked(request))
    form = ContestForm(request.POST, items=[(number.key, number.label) for number in board.all_numbers])
    reach = board.reach
    if not form.is_valid():
        crumbs = [(str(board.kind.title), links.dashboard(name, reach)), (_("提出疑问"), "")]
        context = {"form": form, "reach": reach, "board": board, "crumbs": crumbs}
        return render(request, "indicators/contesting.html", context, status=422)
    given = form.cleaned_data
    made = actions.contest(
        dashboard=name, item=given["item"], period=reach.span.code, text=given["text"], unit=reach.unit, by=request.user
    )
    messages.success(request, _("疑问已送到{unit}的书记，答复会发到您的消息。").format(unit=reach.unit))
    return redirect("indicators:contest", made.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def contest(request: Request, pk: int) -> HttpResponse:
    """One doubt, with its answer or the form for it."""
    found = queries.get_contest(pk, user=request.user)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.answer(found, text=form.cleaned_data["answer"], by=request.user, at=now())
        messages.success(request, _("答复已发出。"))
        return redirect("indicators:contest", found.pk)
    crumbs = [
        (_("六个一目了然"), links.to("indicators:overview")),
        (_("数据疑问"), links.to("indicators:contests")),
        (str(found.unit), ""),
    ]
    context = {
        "contest": found,
        "title": _title(found),
        "form": form if queries.may_answer(found, request.user) else None,
        "dashboard_url": links.to("indicators:dashboard", found.dashboard, unit=found.unit_id, period=found.period),
        "crumbs": crumbs,
    }
    return render(request, "indicators/contest.html", context, status=422 if form.is_bound else 200)


def _title(row: Contest) -> str:
    kind = KINDS.get(row.dashboard)
    return str(kind.title) if kind else row.dashboard


def _state(row: Contest) -> str:
    return badge(_("已答复"), "good") if row.is_answered else badge(_("待答复"), "late")
