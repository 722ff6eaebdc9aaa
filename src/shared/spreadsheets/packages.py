"""What an office archive holds, told from its parts."""

import re
import zipfile
from xml.etree import ElementTree

from shared.spreadsheets.refusals import Encrypted, NotASpreadsheet, Unreadable

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_COLUMN = re.compile(rb"<(?:\w+:)?col\s[^>]*>")
_ATTRIBUTE = re.compile(rb"\b(min|max|hidden)\s*=\s*[\"'](\w+)[\"']")
# Column definitions stand before the data.
_HEAD_BYTES = 65_536


def kind_of(archive: zipfile.ZipFile) -> str:
    """xlsx or ods. Raises NotASpreadsheet for other archives, Encrypted for a locked ods."""
    names = set(archive.namelist())
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        # Its cells are binary, so how far they reach cannot be seen before a parser lays them out.
        raise NotASpreadsheet(kind="xlsb")
    if "content.xml" in names and "mimetype" in names:
        if b"opendocument.spreadsheet" not in archive.read("mimetype"):
            raise NotASpreadsheet(kind="OpenDocument")
        if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise Encrypted
        return "ods"
    if any(name.startswith("word/") for name in names):
        raise NotASpreadsheet(kind="Word")
    if any(name.startswith("ppt/") for name in names):
        raise NotASpreadsheet(kind="PowerPoint")
    raise NotASpreadsheet(kind="ZIP")


def hidden_columns(archive: zipfile.ZipFile) -> dict[str, frozenset[int]]:
    """Hidden columns of each sheet of an xlsx, from 0. What cannot be made out counts as shown."""
    try:
        book = ElementTree.fromstring(_bounded(archive, "xl/workbook.xml"))  # noqa: S314 - size is bounded; expat refuses entity bombs
        links = ElementTree.fromstring(_bounded(archive, "xl/_rels/workbook.xml.rels"))  # noqa: S314 - the same
    except (KeyError, ElementTree.ParseError):
        return {}
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    found = {}
    for sheet in book.iter(f"{_MAIN}sheet"):
        path = targets.get(sheet.get(_LINK), "").lstrip("/")
        path = path if path.startswith("xl/") else f"xl/{path}"
        if path in archive.namelist():
            with archive.open(path) as part:
                found[sheet.get("name", "")] = _hidden(part.read(_HEAD_BYTES))
    return found


def _hidden(head: bytes) -> frozenset[int]:
    found: set[int] = set()
    for tag in _COLUMN.findall(head):
        said = {key.decode(): value.decode() for key, value in _ATTRIBUTE.findall(tag)}
        if said.get("hidden") in {"1", "true"} and said.get("min", "").isdecimal() and said.get("max", "").isdecimal():
            found.update(range(int(said["min"]) - 1, min(int(said["max"]), 1_000)))
    return frozenset(found)


def _bounded(archive: zipfile.ZipFile, name: str, limit: int = 4_000_000) -> bytes:
    with archive.open(name) as part:
        content = part.read(limit + 1)
    if len(content) > limit:
        raise Unreadable
    return content
