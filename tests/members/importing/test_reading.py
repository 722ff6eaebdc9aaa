"""Files are read by what they are, within limits that hold before a parser opens them."""

import io
import struct
import zipfile
import zlib

import pytest

from shared.spreadsheets.limits import Limits, column_number
from shared.spreadsheets.refusals import Empty, Encrypted, NotASpreadsheet, TooLarge, Unreadable
from tests.support.sheets import HEADER, ZHANG, xlsx
from workspace.members.importing import read

TEXT = "姓名,身份证号,入党日期\n张三,11010519491231002X,2010.7.1\n李四,,2011年3月\n"


def test_a_workbook_is_read_with_its_sheets() -> None:
    book = read(xlsx(HEADER, ZHANG))
    assert book.kind == "xlsx"
    assert book.sheets[0].rows[1][0] == "张三"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_text_tables_are_read_in_any_common_encoding(encoding: str, separator: str) -> None:
    rows = read(TEXT.replace(",", separator).encode(encoding)).sheets[0].rows
    assert rows[0] == ["姓名", "身份证号", "入党日期"]
    assert rows[2] == ["李四", "", "2011年3月"]


def test_quoted_cells_keep_their_commas_and_line_breaks() -> None:
    rows = read('姓名,住址\n张三,"杭州,\n西湖"\n'.encode()).sheets[0].rows
    assert rows[1] == ["张三", "杭州,\n西湖"]


def _zip(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"", Empty),
        (b"  \n", Empty),
        (b"%PDF-1.7 ...", NotASpreadsheet),
        (b"\x89PNG\r\n", NotASpreadsheet),
        (b"<html><table><tr><td>1</td></tr></table>", NotASpreadsheet),
        ("\ufeff<table>".encode(), NotASpreadsheet),
        (bytes(range(128, 256)) * 4, NotASpreadsheet),
        (b"PK\x03\x04 and no more", Unreadable),
        (_zip(word__document=b"x"), NotASpreadsheet),
        (_zip(readme=b"x"), NotASpreadsheet),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, Unreadable),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), Encrypted),
    ],
)
def test_what_is_no_readable_spreadsheet_is_refused_by_name(data: bytes, refusal: type[Exception]) -> None:
    with pytest.raises(refusal) as refused:
        read(data)
    assert str(refused.value)


def test_a_truncated_workbook_is_unreadable() -> None:
    whole = xlsx(HEADER, ZHANG)
    with pytest.raises(Unreadable):
        read(whole[: len(whole) // 2])


def test_a_damaged_sheet_inside_a_sound_archive_is_unreadable() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx(HEADER, ZHANG))) as source, zipfile.ZipFile(out, "w") as target:
        for part in source.infolist():
            content = source.read(part)
            target.writestr(part, content[:-40] if "worksheets" in part.filename else content)
    with pytest.raises(Unreadable):
        read(out.getvalue())


def test_a_file_over_the_size_limit_is_refused() -> None:
    with pytest.raises(TooLarge, match="文件"):
        read(b"a,b\n" * 100, limits=Limits(file_bytes=100))


def test_a_bomb_is_refused_by_what_it_unpacks_to() -> None:
    bomb = _zip(xl__workbook=b"", bomb=b"0" * 20_000_000)
    with pytest.raises(TooLarge):
        read(bomb)
    with pytest.raises(TooLarge, match="解压"):
        read(bomb, limits=Limits(ratio=10**9, unzipped_bytes=1_000_000))


def test_a_bomb_that_lies_about_its_size_is_refused_too() -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(b"0" * 20_000_000) + packer.flush()
    name = b"xl/workbook.xml"
    crc = zlib.crc32(b"0")
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 0, crc, len(packed), 1, len(name), 0) + name + packed
    central = struct.pack(
        "<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, crc, len(packed), 1, len(name), 0, 0, 0, 0, 0, 0
    )
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, len(central) + len(name), len(local), 0)
    with pytest.raises(TooLarge):
        read(local + central + name + end)


@pytest.mark.parametrize("cell", ["XFD1048576", "A1048576", "ZZZ1"])
def test_one_cell_in_the_far_corner_does_not_ask_for_gigabytes(cell: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx(HEADER, ZHANG))) as source, zipfile.ZipFile(out, "w") as target:
        for part in source.infolist():
            content = source.read(part)
            if "worksheets" in part.filename:
                row = "".join(c for c in cell if c.isdecimal())
                far = f'<row r="{row}"><c r="{cell}"><v>1</v></c></row></sheetData>'
                content = content.replace(b"</sheetData>", far.encode())
            target.writestr(part, content)
    with pytest.raises(TooLarge):
        read(out.getvalue())


def test_too_many_rows_are_refused() -> None:
    with pytest.raises(TooLarge, match="行数"):
        read(b"a,b\n" * 300, limits=Limits(rows=100))


def test_hidden_columns_are_known() -> None:
    assert read(xlsx(HEADER, ZHANG, hidden=("B",))).sheets[0].hidden_columns == {1}


def test_column_letters_count_as_spreadsheets_count() -> None:
    assert [column_number(letters) for letters in ("A", "Z", "AA", "XFD")] == [1, 26, 27, 16384]


def _ods(rows: str) -> bytes:
    names = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {names}><office:body><office:spreadsheet>'
        f'<table:table table:name="表">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return out.getvalue()


def _cell(text: str, repeated: int = 1) -> str:
    return (
        f'<table:table-cell office:value-type="string" table:number-columns-repeated="{repeated}">'
        f"<text:p>{text}</text:p></table:table-cell>"
    )


def test_an_open_document_is_read_and_its_empty_repeats_cost_nothing() -> None:
    row = "<table:table-row>" + _cell("姓名") + _cell("性别") + "</table:table-row>"
    empty = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row>'
    book = read(_ods(row + empty))
    assert book.kind == "ods"
    assert book.sheets[0].rows == [["姓名", "性别"]]


@pytest.mark.parametrize(
    "rows",
    [
        '<table:table-row table:number-rows-repeated="1048570">' + _cell("x") + "</table:table-row>",
        "<table:table-row>" + _cell("x", 16_000) + "</table:table-row>",
    ],
)
def test_filled_repeats_of_an_open_document_are_counted(rows: str) -> None:
    with pytest.raises(TooLarge):
        read(_ods(rows))
