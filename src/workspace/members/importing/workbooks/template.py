"""The empty sheet people fill in."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from workspace.members.importing.columns import FIELDS, Field, Kind, Need
from workspace.members.importing.units import UnitName
from workspace.members.importing.workbooks.paper import Paper, harmless, options_of

ROWS = 2_000
_LISTS = "选项"


def template_workbook(units: Iterable[UnitName]) -> bytes:
    """Sheets: the register with drop-downs, how to fill it in, and the hidden lists behind the drop-downs.

    Names of columns and options are official Chinese in every language, since they are read back.
    """
    paper = Paper()
    register = paper.book.add_worksheet("党员名册")
    guide = paper.book.add_worksheet("填写说明")
    lists = paper.book.add_worksheet(_LISTS)
    lists.hide()
    for column, about in enumerate(FIELDS):
        register.set_column(column, column, about.width, paper.text)
        register.write_string(0, column, about.zh, paper.header_for(about))
        options = [unit.name for unit in units] if about.kind is Kind.UNIT else options_of(about)
        if options:
            _offer(paper, register, lists, column, options)
        elif about.hint:
            register.data_validation(1, column, ROWS, column, {"validate": "any", "input_message": about.advice})
    register.set_row(0, 30)
    register.freeze_panes(1, 1)
    _explain(paper, guide)
    return paper.finished()


def _offer(paper: Paper, register: Any, lists: Any, column: int, options: list[str]) -> None:
    """A drop-down read from the lists' sheet: typed-in lists end at 255 characters. Other words stay allowed."""
    for row, option in enumerate(options):
        lists.write_string(row, column, harmless(option), paper.text)
    name = _letters(column)
    register.data_validation(
        1,
        column,
        ROWS,
        column,
        {
            "validate": "list",
            "source": f"={_LISTS}!${name}$1:${name}${len(options)}",
            "error_type": "information",
            "error_title": _("请核对"),
            "error_message": _("建议从下拉列表中选择。"),
        },
    )


def _explain(paper: Paper, guide: Any) -> None:
    guide.set_column(0, 0, 22)
    guide.set_column(1, 1, 10)
    guide.set_column(2, 2, 60)
    guide.write_string(0, 0, _("党员名册填写说明"), paper.title)
    for row, text in enumerate(_advice(), start=1):
        guide.write_string(row, 0, text)
    top = 7
    for column, text in enumerate((_("列名"), _("要求"), _("怎么填"))):
        guide.write_string(top, column, text, paper.header)
    for row, about in enumerate(FIELDS, start=top + 1):
        guide.write_string(row, 0, about.zh)
        guide.write_string(row, 1, _need(about))
        guide.write_string(row, 2, _how(about), paper.wrapped)


def _advice() -> list[str]:
    return [
        _("红色列必填；其他列能填则填，可以留空。"),
        _("一人一行，不要合并单元格，不要改动列名。"),
        _("公民身份号码按文本填写；出生日期和性别会自动从中读出。"),
        _("日期请写成 2019-03-05；只知道年月的写 2019-03。"),
        _("填好后上传，系统先试算，确认后才会写入。"),
    ]


def _need(about: Field) -> str:
    if about.computed:
        return _("自动计算")
    return {Need.REQUIRED: _("必填"), Need.WANTED: _("建议填"), Need.OPTIONAL: _("选填")}[about.need]


def _how(about: Field) -> str:
    options = options_of(about)
    if options:
        return "、".join(options[:12]) + ("……" if len(options) > 12 else "")
    if about.kind is Kind.DATE:
        return about.advice or "2019-03-05"
    return about.advice


def _letters(column: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
