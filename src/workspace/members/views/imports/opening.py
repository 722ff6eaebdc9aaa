"""Steps one and two: the file, its sheet and columns."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from shared.clock import today
from shared.refusals import Refusal
from shared.spreadsheets.limits import DEFAULT
from workspace.members.actions.imports.opening import book_of, choose_columns, choose_sheet, open_batch, table_in
from workspace.members.forms.imports import ColumnsForm, FileForm
from workspace.members.importing import UnitName, from_plain, template_workbook
from workspace.members.models import Batch
from workspace.members.queries.batches import batches_for, units_for_import
from workspace.members.views.imports.frame import COLUMNS, UPLOAD, batch_of, elsewhere, importer, page, place
from workspace.members.views.words import SKIPPED

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SHOWN_SKIPPED = 20


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Choose or drop a file. What is wrong with it is said beside the field."""
    user = importer(request)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            # One byte more than allowed is enough to know, whatever the upload says its size is.
            data = file.read(DEFAULT.file_bytes + 1)
            return redirect(place(open_batch(data, file_name=file.name, by=user, as_of=today())))
        except Refusal as refusal:
            form.add_error("file", str(refusal))
    unfinished = batches_for(user).filter(by=user, state__in=Batch.OPEN)[:3]
    return page(request, "new", UPLOAD, form=form, unfinished=unfinished, status=422 if form.errors else 200)


@login_required
@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """The empty sheet with this workspace's branches in its drop-downs."""
    units = [UnitName(str(u.pk), u.name, u.short_name) for u in units_for_import(importer(request))]
    response = HttpResponse(template_workbook(units), content_type=_SHEET)
    response["Content-Disposition"] = 'attachment; filename="members-template.xlsx"'
    return response


@login_required
@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """The guess, with samples, for a person to settle."""
    batch = batch_of(request, pk)
    if moved := elsewhere(batch, *Batch.OPEN):
        return moved
    if request.method == "POST" and "sheet" in request.POST:
        choose_sheet(batch, request.POST["sheet"])
        return redirect("members:import-columns", batch.pk)
    book = book_of(batch)
    table = table_in(batch, book)
    form = ColumnsForm(
        request.POST or None,
        mapping=from_plain(table, batch.mapping),
        batch=batch,
        units=units_for_import(importer(request)),
    )
    if request.method == "POST" and form.is_valid():
        try:
            judged = choose_columns(batch, form.chosen(), defaults=form.defaults(), as_of=form.day(), on=today())
            return redirect(place(judged))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    skipped = [(number, SKIPPED.get(why, why), text) for number, why, text in batch.skipped]
    return page(
        request,
        "columns",
        COLUMNS,
        batch,
        form=form,
        sheets=[sheet.name for sheet in book.sheets],
        skipped=skipped[:_SHOWN_SKIPPED],
        more_skipped=max(len(skipped) - _SHOWN_SKIPPED, 0),
        status=422 if form.errors else 200,
    )
