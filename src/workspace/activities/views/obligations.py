"""What a unit owes in a year."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rules import Tally
from shared.clock import now, today
from shared.refusals import NotAllowed
from shared.workspace import current_workspace
from workspace.access.queries import may, units_where
from workspace.activities.actions import obligations as actions
from workspace.activities.forms.record import ReasonForm
from workspace.activities.models import Obligation
from workspace.activities.queries.obligations import Owed, year_of
from workspace.activities.queries.visibility import get_obligation, get_unit, own_unit
from workspace.activities.views import badges, person, sections
from workspace.organization.models import Unit

State = Obligation.State


class MayNotExempt(NotAllowed):
    message = gettext_lazy("免除年度要求由上级单位管理员决定；请联系单位管理员。")


@login_required
@require_GET
def year(request: HttpRequest) -> HttpResponse:
    """The year's obligations of `?unit=`: by rule and article, how each stands, and a link to arrange it."""
    user, day = person(request), today()
    unit = _unit(request)
    wanted = _year(request, day)
    if not current_workspace().read_only and unit.closed_on is None and wanted >= day.year:
        # what is shown always follows today's structure, whatever the nightly run has seen
        actions.renew_obligations(unit, year=wanted, on=day)
    rows = year_of(unit, wanted, on=day, at=now())
    context = {
        "sections": sections(),
        "unit": unit,
        "units": _units(request),
        "year": wanted,
        "years": [wanted - 1, wanted + 1 if wanted <= day.year else None],
        "groups": _groups(rows),
        "badge_of": {row.row.pk: badges.of_obligation(row.row, on=day) for row in rows},
        "tally": _tally(rows),
        "organises": may(user, "activity.change", unit),
        "may_exempt": may(user, "unit.change", unit),
        "has_past": wanted == day.year and not any(row.row.due < day for row in rows),
    }
    return render(request, "activities/obligations.html", context)


@login_required
@require_POST
def reach_back(request: HttpRequest) -> HttpResponse:
    """Draw up the obligations of this year's months that are over, for a unit that wants to record them."""
    unit = get_unit(_number(request.POST.get("unit", "")), user=person(request), verb="activity.change")
    day = today()
    made = actions.renew_obligations(unit, year=day.year, on=day, since=date(day.year, 1, 1))
    messages.success(request, _("已补上年初以来的 {number} 项要求，可以逐项补录。").format(number=made.added))
    return redirect(f"{reverse('activities:obligations')}?unit={unit.pk}")


@login_required
@require_http_methods(["GET", "POST"])
def exemption(request: HttpRequest, pk: int) -> HttpResponse:
    """Excuse an obligation with a reason, or withdraw that. For those who may change the unit."""
    row = get_obligation(pk, visible_to=person(request))
    if not may(person(request), "unit.change", row.unit):
        raise MayNotExempt
    back = f"{reverse('activities:obligations')}?unit={row.unit_id}&year={row.period_start.year}"
    if request.method == "POST" and request.POST.get("withdraw"):
        actions.withdraw_exemption(row, by=person(request), on=today())
        messages.success(request, _("已恢复为应完成。"))
        return redirect(back)
    form = ReasonForm(request.POST or None, label=_("免除理由"), help_text=_("会写在年度要求里，本组织党员可以看到。"))
    if request.method == "POST" and form.is_valid():
        actions.exempt(row, by=person(request), reason=form.cleaned_data["reason"])
        messages.success(request, _("已免除。"))
        return redirect(back)
    context = {"obligation": row, "form": form, "title": _("免除：{what}").format(what=row.label), "back": back}
    return render(request, "activities/reason.html", {**context, "submit": _("免除")})


def _unit(request: HttpRequest) -> Unit:
    asked = request.GET.get("unit", "")
    unit = get_unit(_number(asked), user=person(request)) if asked else own_unit(person(request))
    if unit is None:
        raise Http404
    if unit.type == Unit.Type.GROUP:
        # a party group owes nothing itself; its branch does
        return Unit.objects.get(path=unit.path[: -Unit.steplen])
    return unit


def _units(request: HttpRequest) -> list[Unit]:
    """The units a person may look at, when there is a choice."""
    units = units_where(person(request), "activity.view").filter(closed_on__isnull=True)
    found = list(units.exclude(type=Unit.Type.GROUP).order_by("path")[:500])
    return found if len(found) > 1 else []


def _year(request: HttpRequest, day: date) -> int:
    asked = request.GET.get("year", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else day.year
    return min(max(number, 2000), day.year + 1)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise Http404
    return int(text)


def _groups(rows: list[Owed]) -> list[tuple[str, list[Owed]]]:
    """Overdue first, then what is coming, then what is settled; empty groups are left out."""
    overdue = [row for row in rows if row.overdue]
    ahead = [row for row in rows if row.is_open and not row.overdue]
    settled = [row for row in rows if not row.is_open]
    named = [(_("逾期未完成"), overdue), (_("待完成"), ahead), (_("已完成和免除"), settled)]
    return [(name, group) for name, group in named if group]


def _tally(rows: list[Owed]) -> Tally:
    states = [row.row.state for row in rows]
    overdue = sum(row.overdue for row in rows)
    return Tally(
        met=states.count(State.MET),
        late=states.count(State.LATE),
        open=overdue,
        exempt=states.count(State.EXEMPT),
        upcoming=states.count(State.OPEN) - overdue,
    )
