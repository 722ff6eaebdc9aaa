"""The gaps as a sheet that the import reads back: who, and an empty marked cell for each thing that is lacking."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from shared.clock import today
from workspace.members.importing import UnitName
from workspace.members.importing.columns import FIELDS
from workspace.members.importing.existing import shown
from workspace.members.importing.units import UnitIndex
from workspace.members.importing.workbooks.paper import Paper, writer
from workspace.members.models import Member
from workspace.members.queries.facts import values_of
from workspace.members.queries.masking import MASKS
from workspace.organization.models import Unit
from workspace.quality.checks import BY_CODE
from workspace.quality.survey import Found

_WHAT = "需要补全"  # a column that the import does not know and passes over


def gaps_workbook(found: Iterable[Found]) -> bytes:
    """Numbers, phones and addresses are left empty: an empty cell changes nothing. Who has no birth date cannot be
    recognised again and stands on a second sheet, to be completed on the pages."""
    gaps = {one.pk: one for one in found}
    members = Member.objects.filter(pk__in=gaps).select_related("unit").order_by("unit__path", "pinyin", "pk")
    paper = Paper()
    index = UnitIndex([UnitName(str(unit.pk), unit.name, unit.short_name) for unit in Unit.objects.all()])
    known: list[Member] = []
    unknown: list[Member] = []
    for member in members:
        (known if member.birth_date else unknown).append(member)
    _filled_in(paper, index, known, gaps)
    _by_hand(paper, unknown, gaps)
    return paper.finished()


def _filled_in(paper: Paper, index: UnitIndex, members: list[Member], gaps: dict[int, Found]) -> None:
    sheet = paper.book.add_worksheet("党员名册")
    write = writer(sheet, paper)
    columns = [about for about in FIELDS if not about.computed]
    for at, about in enumerate(columns):
        sheet.set_column(at, at, about.width, paper.text)
        write(0, at, about.zh, paper.header_for(about))
    write(0, len(columns), _WHAT, paper.header)
    sheet.set_column(len(columns), len(columns), 40)
    for row, member in enumerate(members, start=1):
        lacking = {BY_CODE[code].column for code in gaps[member.pk].gaps}
        values = values_of(member, on=today())
        for at, about in enumerate(columns):
            text = "" if about.name in MASKS else shown(about.name, values[about.name], index)
            write(row, at, text, paper.wrong if about.name in lacking else None)
        write(row, len(columns), _words(gaps[member.pk]), paper.reason)
    sheet.freeze_panes(1, 1)


def _by_hand(paper: Paper, members: list[Member], gaps: dict[int, Found]) -> None:
    if not members:
        return
    sheet = paper.book.add_worksheet(_("请在页面上补全"))
    write = writer(sheet, paper)
    sheet.set_column(0, 2, 30)
    for at, label in enumerate((_("名字"), _("在哪里"), _("缺什么"))):
        write(0, at, label, paper.header)
    for row, member in enumerate(members, start=1):
        for at, text in enumerate((member.name, member.unit.name, _words(gaps[member.pk]))):
            write(row, at, text)


def _words(found: Found) -> str:
    return "；".join(str(BY_CODE[code].label) for code in found.gaps)
