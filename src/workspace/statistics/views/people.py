"""The people behind a figure, as far as the reader may see them."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shared.components import Column, Empty, Table
from shared.http import Request
from workspace.access.queries import may
from workspace.members.models import Member
from workspace.members.queries.drawn import PARAMETER
from workspace.members.queries.visibility import members_where
from workspace.statistics import taking
from workspace.statistics.book import Book
from workspace.statistics.people import TOTAL, Behind, Figure, behind, figure
from workspace.statistics.queries import PEOPLE
from workspace.statistics.reading import asked
from workspace.statistics.views.frame import address


@login_required
@require_safe
def people(request: Request, name: str, column: str) -> HttpResponse:
    """`?row=` is a row's key; without it, everybody whom the column counted."""
    book = asked(request.user, request.GET)
    row = request.GET.get("row") or TOTAL
    cell = figure(book, name, column, row)
    found = behind(book, cell)
    rows = members_where(request.user, PEOPLE).filter(found.q).select_related("unit")
    listed = Table(
        request,
        rows.order_by("unit__path", "pinyin", "pk"),
        _columns(found),
        caption=str(cell.column.label),
        empty=Empty(title=_("没有可以显示的人"), text=_("这一格没有人，或者都在您看不到的组织里。")),
    )
    context = {
        "book": book,
        "cell": cell,
        "table": listed,
        "hidden": max(cell.count - listed.page.paginator.count, 0),
        "crumbs": _crumbs(book, cell),
        "export": _export(book, cell, row) if may(request.user, "member.export") else "",
    }
    return render(request, "statistics/people.html", context)


def _columns(found: Behind) -> list[Column]:
    columns = [
        Column(name="name", label=_("姓名"), sort="pinyin", link=lambda one: reverse("members:member", args=[one.pk])),
        Column(name="unit", label=_("现在的党组织"), value=lambda one: str(one.unit), sort="unit__path"),
        Column(name="category", label=_("现在的类别"), value=_category_now, sort="category"),
        Column(name="joined_on", label=_("入党日期"), sort="joined_on", kind="date"),
        Column(name="converted_on", label=_("转正日期"), sort="converted_on", kind="date"),
    ]
    if found.told:
        columns.insert(1, Column(name="told", label=_("情况"), value=lambda one: found.told.get(one.pk, "")))
    return columns


def _category_now(member: Member) -> str:
    if member.is_present:
        return str(member.get_category_display())
    return _("已离开（{why}）").format(why=member.get_left_for_display() or _("未写明"))


def _crumbs(book: Book, cell: Figure) -> list[tuple[str, str]]:
    query = address(book)
    return [
        (_("党内统计"), reverse("statistics:overview") + query),
        (str(cell.table.title), reverse("statistics:table", args=[cell.table.name]) + query),
        (str(cell.column.label), ""),
    ]


def _export(book: Book, cell: Figure, row: str) -> str:
    """Where the register's own export takes these people away, reason and second person included."""
    days = book.reach.days
    asked_for = {
        PARAMETER: taking.NAME,
        "table": cell.table.name,
        "column": cell.column.key,
        "row": row,
        "unit": book.reach.unit.pk,
        "on": days.on.isoformat(),
        "since": days.since.isoformat(),
    }
    return f"{reverse('members:export')}?{urlencode(asked_for)}"
