"""Step three: the dry run, with everything that can be put right on the spot."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shared.clock import now, today
from shared.pagination import page_of
from shared.refusals import Refusal
from workspace.access.queries import units_where
from workspace.members.actions.imports import fixing, running, undoing
from workspace.members.actions.imports.judging import judge
from workspace.members.importing import Table, error_workbook
from workspace.members.importing.columns import BY_NAME, Kind
from workspace.members.importing.headers import Header
from workspace.members.importing.problems import Problem
from workspace.members.models import Batch, Row
from workspace.members.queries.batches import problems_of, tally, units_for_import, unknown_units
from workspace.members.queries.facts import label_of
from workspace.members.views.imports.frame import REVIEW, batch_of, elsewhere, importer, page
from workspace.organization.models import Unit

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ROWS_A_PAGE = 30


@dataclass(frozen=True)
class Complaint:
    """A problem as the page shows it: what stands in the cell, and what could be typed instead."""

    problem: Problem
    label: str
    text: str
    kind: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """A row of the sheet as the page shows it."""

    row: Row
    name: str
    complaints: list[Complaint]
    changes: list[tuple[str, str, str]]


@login_required
@require_safe
def review(request: HttpRequest, pk: int) -> HttpResponse:
    batch = batch_of(request, pk)
    if moved := elsewhere(batch, Batch.State.REVIEW):
        return moved
    show = request.GET.get("show", "")
    if show not in Row.Verdict.values:
        return redirect(f"{request.path}?show={_first(batch)}")
    rows = page_of(request, batch.rows.filter(verdict=show).order_by("number"), size=_ROWS_A_PAGE)
    return page(
        request,
        "review",
        REVIEW,
        batch,
        rows=rows,
        lines=[_line(batch, row) for row in rows],
        show=show,
        strange=unknown_units(batch),
        units=units_for_import(batch.by),
        parents=_parents(request),
        **_summary(batch),
    )


@login_required
@require_POST
def fix(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Type over a cell, or accept a doubt. Scripts get the row back; without them, the page at that row."""
    batch = batch_of(request, pk)
    field = request.POST.get("field", "")
    try:
        if code := request.POST.get("accept"):
            rows = fixing.accept(batch, number, code, on=today())
        else:
            rows = fixing.fix(batch, number, field, request.POST.get("text", ""), on=today())
    except Refusal as refusal:
        if not getattr(request, "htmx", False):
            raise
        return HttpResponse(str(refusal), status=refusal.status, content_type="text/plain; charset=utf-8")
    if not getattr(request, "htmx", False):
        return redirect(f"{reverse('members:import-review', args=[batch.pk])}?show=problem#row-{number}")
    lines = [_line(batch, row) for row in rows]
    context = {
        "batch": batch,
        "line": next(line for line in lines if line.row.number == number),
        "units": units_for_import(batch.by),
        "met": [line for line in lines if line.row.number != number],
        **_summary(batch),
    }
    return render(request, "members/imports/_fixed.html", context)


@login_required
@require_POST
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """A name in the sheet means this unit, or a new one under that parent."""
    user = importer(request)
    batch = batch_of(request, pk)
    text = request.POST.get("text", "")
    if request.POST.get("parent"):
        parent = _parents(request).filter(pk=_key(request.POST["parent"])).first()
        if parent is None:
            raise Http404
        made = fixing.create_unit(batch, text, parent, by=user, on=today())
        messages.success(request, _("已设立{unit}。").format(unit=made.name))
    else:
        found = next((u for u in units_for_import(user) if str(u.pk) == request.POST.get("unit")), None)
        if found is None:
            messages.error(request, _("请选择这个名称对应的支部。"))
        else:
            fixing.name_unit(batch, text, found, on=today())
            messages.success(request, _("“{text}”已对应到{unit}。").format(text=text, unit=found.name))
    return redirect("members:import-review", batch.pk)


@login_required
@require_safe
def errors(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows with problems, as they were sent, with a column of reasons."""
    batch = batch_of(request, pk)
    rows = list(batch.rows.problems().order_by("number"))
    if not rows:
        raise Http404
    run = judge(batch, rows, on=today()).run
    labels = tuple(batch.labels)
    header = Header(0, 0, labels, 0, has_name=True)
    data = error_workbook(run, Table(batch.sheet, header, labels, tuple(run.sources.values()), ()))
    response = HttpResponse(data, content_type=_SHEET)
    response["Content-Disposition"] = f'attachment; filename="members-to-fix-{batch.pk}.xlsx"'
    return response


@login_required
@require_POST
def start(request: HttpRequest, pk: int) -> HttpResponse:
    user = importer(request)
    batch = batch_of(request, pk)
    running.start(batch, by=user, at=now())
    return redirect("members:import-progress", batch.pk)


@login_required
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    user = importer(request)
    undoing.drop(batch_of(request, pk), by=user)
    messages.success(request, _("已放弃这批导入，名册没有变化。"))
    return redirect("members:imports")


def _first(batch: Batch) -> str:
    """What to look at first: what is wrong, then the fullest of the others."""
    counts = tally(batch)
    if counts["problem"]:
        return Row.Verdict.PROBLEM
    return max((Row.Verdict.NEW, Row.Verdict.UPDATED, Row.Verdict.UNCHANGED), key=lambda verdict: counts[verdict])


def _summary(batch: Batch) -> dict[str, Any]:
    counts = tally(batch)
    address = reverse("members:import-review", args=[batch.pk])
    tabs = [
        (Row.Verdict(verdict).label, f"{address}?show={verdict}", counts[verdict])
        for verdict in (Row.Verdict.PROBLEM, Row.Verdict.NEW, Row.Verdict.UPDATED, Row.Verdict.UNCHANGED)
    ]
    return {"counts": counts, "review_tabs": tabs, "ready": counts["new"] + counts["updated"] + counts["unchanged"]}


def _line(batch: Batch, row: Row) -> Line:
    columns = {field: int(at) for at, field in batch.mapping.items()}
    complaints = [_complaint(row, columns, problem) for problem in problems_of(row)]
    name = str(row.values.get("name") or _text(row, columns, "name") or "")
    changes = [(label_of(BY_NAME[c["field"]]), c["old"], c["new"]) for c in row.changes]
    return Line(row, name, complaints, changes)


def _complaint(row: Row, columns: dict[str, int], problem: Problem) -> Complaint:
    about = BY_NAME.get(problem.field)
    if about is None:
        return Complaint(problem, "", "", "text")
    choices = tuple(code.zh for code in about.codes) if about.codes else ()
    if about.kind is Kind.BOOLEAN:
        choices = ("是", "否")
    return Complaint(problem, label_of(about), _text(row, columns, problem.field), about.kind.value, choices)


def _text(row: Row, columns: dict[str, int], field: str) -> str:
    if field in row.fixes:
        return str(row.fixes[field])
    at = columns.get(field)
    cell = row.cells[at] if at is not None and at < len(row.cells) else None
    return "" if cell is None else str(cell)


def _parents(request: HttpRequest) -> Any:
    """Where a branch may be set up by this person."""
    kinds = (Unit.Type.COMMITTEE, Unit.Type.GENERAL_BRANCH)
    return units_where(request.user, "unit.change").filter(closed_on__isnull=True, type__in=kinds)  # type: ignore[arg-type]


def _key(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0
