"""What operators did."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from console import words
from console.actions import entries
from console.models import OperatorEntry
from shared.clock import today
from shared.components import Column, Empty, Export, Table
from shared.exports import csv_response
from shared.http import Request


class EntryFilter(forms.Form):
    """GET."""

    q = forms.CharField(label=gettext_lazy("人、对象或原因"), required=False, max_length=120)
    verb = forms.ChoiceField(
        label=gettext_lazy("事项"), required=False, choices=[("", gettext_lazy("全部")), *words.VERBS.items()]
    )


def _at(row: OperatorEntry) -> str:
    return f"{timezone.localtime(row.at):%Y-%m-%d %H:%M:%S}"


COLUMNS = (
    Column(name="verb", label=gettext_lazy("事项"), value=lambda row: words.verb(row.verb)),
    Column(name="at", label=gettext_lazy("时间"), sort="at", value=_at),
    Column(name="by", label=gettext_lazy("操作人"), value=lambda row: row.by_name or row.by or _("系统")),
    Column(name="label", label=gettext_lazy("对象")),
    Column(name="reason", label=gettext_lazy("原因")),
    Column(name="thing", label=gettext_lazy("编号"), hidden=True),
)


def _table(request: Request) -> Table:
    form = EntryFilter(request.GET)
    form.is_valid()
    return Table(
        request,
        _narrowed(form.cleaned_data),
        COLUMNS,
        caption=_("运营记录"),
        sort="-at",
        filters=form,
        exports=[Export(label="CSV", url=reverse("console:entries-export"), icon="file-spreadsheet")],
        empty=Empty(title=_("还没有记录"), text=_("运营人员的每一步操作都会记在这里，不能修改。"), icon="history"),
    )


def _narrowed(wanted: dict[str, str]) -> "QuerySet[OperatorEntry]":
    rows = OperatorEntry.objects.all()
    if typed := wanted.get("q", "").strip():
        rows = rows.filter(
            Q(by__icontains=typed)
            | Q(by_name__icontains=typed)
            | Q(label__icontains=typed)
            | Q(reason__icontains=typed)
        )
    return rows.filter(verb=wanted["verb"]) if wanted.get("verb") else rows


@require_safe
@login_required
def index(request: Request) -> HttpResponse:
    return render(request, "console/entries.html", {"table": _table(request)})


@require_safe
@login_required
def export(request: Request) -> HttpResponse:
    """The record as it is narrowed."""
    rows = [
        [_at(row), row.by, row.by_name, row.verb, words.verb(row.verb), row.thing, row.label, row.reason]
        for row in _table(request).page.paginator.object_list
    ]
    entries.record(
        "operator_entries.exported", thing="entries", label=_("运营记录"), by=request.user, details={"rows": len(rows)}
    )
    header = [_("时间"), _("账号"), _("操作人"), "verb", _("事项"), _("编号"), _("对象"), _("原因")]
    return csv_response(f"operator-record-{today():%Y%m%d}", header, rows)
