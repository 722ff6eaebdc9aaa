"""The tree: browse, search, take away, print."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shared.clock import today
from shared.http import Request
from workspace.audit import actions as audit
from workspace.organization import counters, queries, sheets, visibility
from workspace.organization.models import Unit
from workspace.organization.views.nodes import drawn


@login_required
@require_safe
def tree_page(request: Request) -> HttpResponse:
    """All that the reader may see; `?q=` searches, `?closed=1` shows closed units as well."""
    words = request.GET.get("q", "").strip()[:60]
    closed = request.GET.get("closed") == "1"
    shown = queries.tree(request.user, closed=closed)
    context = {
        "words": words,
        "closed": closed,
        "tree": shown,
        "nodes": drawn(shown.nodes, shown.labels, closed=closed),
        "found": queries.found(request.user, words, closed=closed) if words else None,
        "root": _root_to_grow(request),
        "may_check": request.may("unit.dashboard"),
    }
    return render(request, "organization/tree.html", context)


@login_required
@require_safe
def children(request: Request, pk: int) -> HttpResponse:
    """The next level below a unit, as list items for the tree."""
    closed = request.GET.get("closed") == "1"
    nodes = queries.node_children(request.user, visibility.unit_for(request.user, pk), closed=closed)
    labels = counters.labels()
    return render(request, "shared/components/tree_items.html", {"nodes": drawn(nodes, labels, closed=closed)})


@login_required
@require_safe
def export(request: Request, kind: str) -> HttpResponse:
    """What the reader sees, as a workbook or as CSV."""
    rows = queries.listing(request.user, closed=request.GET.get("closed") == "1")
    labels = counters.labels()
    audit.record("unit.exported", of=request.user, by=request.user, details={"rows": len(rows), "form": kind})
    body = sheets.workbook(rows, labels) if kind == "xlsx" else sheets.csv_text(rows, labels)
    response = HttpResponse(body, content_type=sheets.CONTENT_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="units-{today():%Y%m%d}.{kind}"'
    return response


@login_required
@require_safe
def print_sheet(request: Request) -> HttpResponse:
    """The tree on paper."""
    rows = queries.listing(request.user)
    labels = counters.labels()
    return render(request, "organization/sheet.html", {"rows": rows, "labels": labels, "day": today()})


def _root_to_grow(request: Request) -> Unit | None:
    """The unit under which the page's main button sets up a new one."""
    return visibility.units_where(request.user, "unit.change").open().order_by("depth", "path").first()
