"""The tree of a day that has gone, what differs between two days, and the history of one unit."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shared.clock import today
from shared.components import Node
from shared.exports import xlsx_response
from shared.http import Request
from workspace.audit import actions as audit
from workspace.organization import queries
from workspace.organization.forms.as_of import AsOfForm
from workspace.organization.queries import Then
from workspace.organization.views.crumbs import crumb, trail
from workspace.organization.views.nodes import icon_of
from workspace.organization.visibility import unit_for


@login_required
@require_safe
def as_of(request: Request) -> HttpResponse:
    """`?on=` is the day, today without it; `?since=` an earlier day to compare with."""
    form, on, since = _days(request)
    past = queries.tree_on(request.user, on)
    context = {
        "form": form,
        "on": on,
        "since": since,
        "size": len(past.rows),
        "nodes": [_item(node) for node in past.tops],
        "shifts": queries.shifts(request.user, min(since, on), max(since, on)) if since else None,
        "crumbs": [(_("组织"), reverse("organization:tree"))],
    }
    return render(request, "organization/as_of.html", context)


@login_required
@require_safe
def export(request: Request) -> HttpResponse:
    """The tree of that day as a workbook."""
    _form, on, _since = _days(request)
    rows = queries.tree_on(request.user, on).rows
    header = [_("当时的名称"), _("组织类别"), _("上级党组织"), _("层级"), _("现在的名称"), _("撤销日期")]
    told = {"rows": len(rows), "form": "xlsx", "on": on.isoformat()}
    audit.record("unit.exported", of=request.user, by=request.user, details=told)
    cells = (
        (row.standing.name, row.type_label, row.above, row.level + 1, row.now.name, row.now.closed_on) for row in rows
    )
    return xlsx_response(f"units-{on:%Y%m%d}", header, cells)


@login_required
@require_safe
def history(request: Request, pk: int) -> HttpResponse:
    """Every dated change of the unit with what it rests on; made to be printed."""
    unit = unit_for(request.user, pk)
    context = {
        "unit": unit,
        "stages": queries.timeline(unit),
        "lines": queries.history(unit),
        "crumbs": [*trail(unit, request.user), crumb(unit)],
    }
    return render(request, "organization/history.html", context)


def _days(request: Request) -> tuple[AsOfForm, date, date | None]:
    """What cannot be read counts as not given."""
    form = AsOfForm({"on": request.GET.get("on") or today().isoformat(), "since": request.GET.get("since", "")})
    form.is_valid()
    return form, form.cleaned_data.get("on") or today(), form.cleaned_data.get("since")


def _item(node: Then, level: int = 1) -> Node:
    url = reverse("organization:history", args=[node.now.pk])
    note = node.type_label
    if node.is_called_otherwise:
        note = _("{type} · 现名{name}").format(type=note, name=node.now.name)
    if not node.now.is_open:
        note = _("{note} · 后于{on}撤销").format(note=note, on=node.now.closed_on)
    return Node(
        label=node.standing.name,
        url=url,
        note=note,
        icon=icon_of(node.standing.type),
        open=level < _OPEN_LEVELS,
        children=[_item(child, level + 1) for child in node.children],
        unfold_url=url,
    )


_OPEN_LEVELS = 3
