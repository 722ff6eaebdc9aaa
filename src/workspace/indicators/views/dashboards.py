"""The overview and the six pages."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shared.http import Request
from workspace.indicators import links, spans
from workspace.indicators.dashboards import KINDS
from workspace.indicators.forms import ContestForm
from workspace.indicators.reach import Reach
from workspace.indicators.values import Dashboard, Kind, Number, Row, Text, shown
from workspace.indicators.views.reading import asked, choosable, kind_named


@login_required
@require_safe
def overview(request: Request) -> HttpResponse:
    """Six sentences with six numbers."""
    reach = asked(request)
    cards = [(kind, kind.brief(reach), links.dashboard(kind.name, reach)) for kind in KINDS.values()]
    return render(request, "indicators/overview.html", {**_frame(request, reach), "cards": cards})


@login_required
@require_safe
def dashboard(request: Request, name: str) -> HttpResponse:
    """One of the six, whole."""
    board = kind_named(name).build(asked(request))
    context = {
        **_frame(request, board.reach),
        "board": board,
        "numbers": [_with_link(board, number) for number in board.all_numbers],
        "breakdown": _breakdown(board),
        "form": ContestForm(items=[(number.key, number.label) for number in board.all_numbers]),
        "tabs": [(kind.title, _tab(request, kind, board)) for kind in KINDS.values()],
    }
    return render(request, "indicators/dashboard.html", context)


@login_required
@require_safe
def sheet(request: Request, name: str) -> HttpResponse:
    """The same on paper."""
    board = kind_named(name).build(asked(request))
    reach = board.reach
    meta = [(_("党组织"), reach.unit.name), (_("时期"), reach.span.label), (_("截至"), reach.until.isoformat())]
    context = {"board": board, "reach": reach, "meta": meta, "breakdown": _breakdown(board)}
    return render(request, "indicators/sheet.html", context)


def _frame(request: Request, reach: Reach) -> dict[str, Any]:
    return {
        "reach": reach,
        "wall": request.GET.get("screen") == "wall",
        "units": choosable(reach, request),
        "periods": spans.choices(reach.on),
        "query": f"?unit={reach.unit.pk}&period={reach.span.code}",
    }


def _tab(request: Request, kind: Kind, board: Dashboard) -> str:
    """The present one by its full address, so that the tabs mark it."""
    return request.get_full_path() if kind is board.kind else links.dashboard(kind.name, board.reach)


def _with_link(board: Dashboard, number: Number) -> tuple[Number, str]:
    url = links.records(board.kind.name, number.records, board.reach) if number.records else ""
    return number, url


def _breakdown(board: Dashboard) -> list[tuple[Row, str, list[tuple[str, Text]]]]:
    """Each row with its link down and its cells in words beside their columns."""
    if board.breakdown is None:
        return []
    units = {unit.pk: unit for unit in [*board.reach.units, *board.reach.parts]}
    columns = board.breakdown.columns
    return [
        (
            row,
            "" if row.is_own else links.dashboard(board.kind.name, board.reach, unit=units[row.pk]),
            [(_cell(value, unit), label) for value, (label, unit) in zip(row.values, columns, strict=True)],
        )
        for row in board.breakdown.rows
    ]


def _cell(value: float | None, unit: Text) -> str:
    known = shown(value, unit)
    return "—" if known is None else f"{known}{unit}"
