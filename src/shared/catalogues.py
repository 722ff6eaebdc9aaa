"""Message catalogues without gettext on the machine: sources are Chinese, `locale/en` of each app holds the English."""

import ast
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

# What Babel looks for, with the places of the singular, the plural and the context ("c").
KEYWORDS: dict[str, Any] = {
    "_": (1,),
    "gettext": (1,),
    "gettext_lazy": (1,),
    "gettext_noop": (1,),
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
_CALL = re.compile(r"""\b(n?p?gettext|_)\(((?:\s*u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")\s*,?)+)""")
_LITERAL = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\"""")

# No dates and no tool versions: a catalogue changes only when its texts do.
_HEADER = b"""msgid ""
msgstr ""
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""

Message = tuple[str | tuple[str, str], str | None, str]  # id (or singular and plural), context, where


def of_app(app: Path) -> Path:
    """The English catalogue of an app folder."""
    return app / "locale" / "en" / "LC_MESSAGES" / "django.po"


def sources(app: Path) -> Iterator[Path]:
    """The app's Python files and templates, migrations left out."""
    for pattern in ("*.py", "*.html", "*.txt"):
        yield from (path for path in sorted(app.rglob(pattern)) if "migrations" not in path.parts)


def messages(app: Path) -> Iterator[Message]:
    """Every text that the app marks for translation."""
    for path in sources(app):
        where = path.relative_to(app).as_posix()
        found = _in_python(path) if path.suffix == ".py" else _in_template(path)
        for identifier, context in found:
            yield identifier, context, where


def _in_python(path: Path) -> Iterator[tuple[str | tuple[str, str], str | None]]:
    options: Any = {"encoding": "utf-8"}
    for _line, function, text, _comments in extract_python(BytesIO(path.read_bytes()), KEYWORDS, [], options):
        # A call whose argument is a variable marks nothing.
        parts = (text,) if isinstance(text, str) else tuple(text or ())
        found = _read(str(function), [part for part in parts if isinstance(part, str)])
        if found:
            yield found


def _in_template(path: Path) -> Iterator[tuple[str | tuple[str, str], str | None]]:
    for function, arguments in _CALL.findall(templatize(path.read_text())):
        found = _read(function, [ast.literal_eval(part) for part in _LITERAL.findall(arguments)])
        if found:
            yield found


def _read(function: str, parts: list[str]) -> tuple[str | tuple[str, str], str | None] | None:
    if not parts or not parts[0]:
        return None
    name = function.removesuffix("_lazy")
    if name == "pgettext" and len(parts) > 1:
        return parts[1], parts[0]
    if name == "npgettext" and len(parts) > 2:
        return (parts[1], parts[2]), parts[0]
    if name == "ngettext" and len(parts) > 1:
        return (parts[0], parts[1]), None
    return parts[0], None


def read(path: Path) -> Catalog:
    """The catalogue in a file, or an empty English one."""
    if not path.exists():
        return Catalog(locale="en", domain="django", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale="en", domain="django")


def update(app: Path) -> list[str]:
    """Bring the app's catalogue up to date with its sources; returns what has no English yet."""
    old = read(of_app(app))
    new = Catalog(locale="en", domain="django", charset="utf-8", project="Tongxin", fuzzy=False)
    for identifier, context, where in messages(app):
        known = old.get(identifier if isinstance(identifier, str) else identifier[0], context)
        text = known.string if known else ""
        if known and isinstance(identifier, tuple) and isinstance(text, str):
            text = (text, text)
        # A text in several files is one entry with several places; no line numbers, so that diffs stay small.
        new.add(identifier, text or None, context=context, locations=[(where, 0)])
    if len(new):
        of_app(app).parent.mkdir(parents=True, exist_ok=True)
        body = BytesIO()
        write_po(body, new, width=120, omit_header=True, sort_output=True, include_lineno=False)
        of_app(app).write_bytes(_HEADER + body.getvalue())
    return untranslated(new)


def untranslated(catalogue: Catalog) -> list[str]:
    """The message ids without English."""
    return [
        str(message.id)
        for message in catalogue
        if message.id and (not message.string or (isinstance(message.string, tuple) and not all(message.string)))
    ]


def compile_to_mo(app: Path) -> None:
    """Write the binary catalogue that Django reads."""
    path = of_app(app)
    if path.exists():
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, read(path))
