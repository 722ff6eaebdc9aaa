"""Take a list away as a spreadsheet."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO

import xlsxwriter
from django.http import HttpResponse
from django.utils.http import content_disposition_header

# A cell that begins with one of these is a formula to a spreadsheet program.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def cell(value: object) -> str:
    """The value as text that no spreadsheet program will compute. Nothing is an empty cell."""
    if value is None:
        return ""
    text = str(value)
    if isinstance(value, str) and text.startswith(_FORMULA):
        return f"'{text}"
    return text


def csv_response(name: str, header: Sequence[object], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """`name`.csv with a byte order mark, so that office programs read the characters right."""
    sheet = StringIO()
    writer = csv.writer(sheet)
    writer.writerow([cell(title) for title in header])
    writer.writerows([cell(value) for value in row] for row in rows)
    return _file(f"{name}.csv", ("\ufeff" + sheet.getvalue()).encode(), "text/csv; charset=utf-8")


def xlsx_response(name: str, header: Sequence[object], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """`name`.xlsx of one sheet. Numbers stay numbers; texts are written as texts, so nothing in them runs."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [str(title) for title in header], book.add_format({"bold": True, "bottom": 1}))
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, len(header), 14)
        for number, row in enumerate(rows, start=1):
            sheet.write_row(number, 0, [_plain(value) for value in row])
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _file(f"{name}.xlsx", out.getvalue(), kind)


def list_response(form: str, name: str, header: Sequence[object], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """The list as `xlsx`, or as CSV for any other form: what a visitor's address says cannot fail."""
    return (xlsx_response if form == "xlsx" else csv_response)(name, header, rows)


def _plain(value: object) -> object:
    if value is None or isinstance(value, int | float):
        return value
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _file(filename: str, body: bytes, content_type: str) -> HttpResponse:
    response = HttpResponse(body, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=filename) or ""
    return response
