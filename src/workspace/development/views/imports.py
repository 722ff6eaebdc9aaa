"""Take over cases in flight: the file, a dry run, and then the import. Nothing is kept of the file: what the dry run
found travels with the page, signed for this workspace and this person."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shared.clock import today
from shared.http import Request
from shared.refusals import NotAllowed, Refusal
from shared.spreadsheets.cells import text_of
from shared.spreadsheets.limits import DEFAULT
from shared.workspace import current_workspace
from workspace.access.queries import may
from workspace.audit import actions as audit
from workspace.development.actions.taking_over import take_over
from workspace.development.forms.imports import FileForm
from workspace.development.importing import workbooks
from workspace.development.importing.drafts import Draft
from workspace.development.importing.judging import judge, units_of
from workspace.development.queries.visibility import HANDLE
from workspace.members.importing import Table, best_table, read

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_KEPT_FOR = 4 * 60 * 60  # seconds between the dry run and the import


class Stale(Refusal):
    message = gettext_lazy("试算的结果已过期，请重新上传文件。")
    status = 400


@login_required
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Choose a file; the answer is the dry run. Nothing is written yet."""
    _refuse_others(request)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            data = form.cleaned_data["file"].read(DEFAULT.file_bytes + 1)
            table = best_table(read(data))
            drafts = judge(table, user=request.user, on=today(), fills=form.cleaned_data["fills"])
            return _review(request, table, drafts)
        except Refusal as refusal:
            form.add_error("file", str(refusal))
    return render(request, "development/import.html", {"form": form}, status=422 if form.errors else 200)


def _review(request: Request, table: Table, drafts: list[Draft]) -> HttpResponse:
    units = units_of(drafts)
    good = [draft for draft in drafts if not draft.problems]
    bad = [draft for draft in drafts if draft.problems]
    cells = {row.number: [text_of(cell) for cell in row.cells] for row in table.rows}
    context = {
        "good": [(draft, units.get(draft.unit or 0), len([e for e in draft.events if e.on])) for draft in good],
        "bad": bad,
        "signed": _sign(request, [draft.as_plain() for draft in good]),
        "returned": _sign(
            request, {"labels": [*table.labels], "rows": [[cells[draft.number], draft.problems] for draft in bad]}
        ),
        "skipped": len(table.skipped),
    }
    return render(request, "development/import_review.html", context)


@login_required
@require_POST
def start(request: Request) -> HttpResponse:
    """Import what the dry run found good; a row that has become impossible since is told and left out."""
    _refuse_others(request)
    drafts = [Draft.from_plain(plain) for plain in _signed(request, "signed")]
    done, refused = 0, []
    for draft in drafts:
        try:
            with transaction.atomic():
                take_over(draft, by=request.user, today=today())
            done += 1
        except Refusal as refusal:
            refused.append(f"{draft.name}：{refusal}")
    audit.record("development.imported", of=request.user, by=request.user, details={"cases": done})
    messages.success(request, _("已导入 {count} 份在办档案。").format(count=done))
    for text in refused[:10]:
        messages.warning(request, text)
    return redirect("development:index")


@login_required
@require_POST
def returned(request: Request) -> HttpResponse:
    """The rows that were given back, each with its reasons."""
    _refuse_others(request)
    found = _signed(request, "returned")
    response = HttpResponse(workbooks.returned(found["labels"], found["rows"]), content_type=_SHEET)
    response["Content-Disposition"] = 'attachment; filename="development-returned.xlsx"'
    return response


@login_required
@require_safe
def template(request: Request) -> HttpResponse:
    _refuse_others(request)
    response = HttpResponse(workbooks.template(), content_type=_SHEET)
    response["Content-Disposition"] = 'attachment; filename="development-template.xlsx"'
    return response


def _salt(request: Request) -> str:
    return f"development.import:{current_workspace().uuid}:{request.user.pk}"


def _sign(request: Request, value: Any) -> str:
    return signing.dumps(value, salt=_salt(request), compress=True)


def _signed(request: Request, name: str) -> Any:
    try:
        return signing.loads(request.POST.get(name, ""), salt=_salt(request), max_age=_KEPT_FOR)
    except signing.BadSignature as error:
        raise Stale from error


def _refuse_others(request: Request) -> None:
    if not may(request.user, HANDLE):
        raise NotAllowed
