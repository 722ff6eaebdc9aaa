"""The same tables for people: CSV that a spreadsheet opens, a dictionary of the fields, and a page that explains."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Any

from django.conf import settings
from django.db import connection, models
from django.utils import translation
from psycopg import sql

from workspace.members.importing.columns import FIELDS
from workspace.portability.manifest import Manifest
from workspace.portability.register import Care, Register
from workspace.portability.schema import Column, Table

BOM = "\ufeff".encode()
REGISTER = "members.Member"  # its official columns hold codes of national standards
_NUMBERS = frozenset({"smallint", "integer", "bigint", "numeric", "double precision", "real", "date", "uuid"})
_LEFT_OUT = frozenset({"bytea", "tsvector"})  # nothing a person could read

_README = """\
{name} · {slug} · {at}

这是整个工作空间的存档：{rows} 行数据，{uploads} 个文件。
This is a whole workspace: {rows} rows of data, {uploads} files.

tables/*.csv   给人看的表格，Excel 和 WPS 直接打开     for people; spreadsheet programs open it
fields.csv     每一列是什么意思，哪些是个人信息         what every column means, and which hold personal data
data/*.jsonl   精确的数据，恢复时用                   exact data, used to restore
uploads/       上传的文件                            uploaded files
manifest.json  清单：行数、摘要、版本                 the list: rows, digests, version
manifest.mac   清单的签名，只有本空间核验得了          its signature, which only this workspace can check

里面有姓名、身份证号和联系方式，请加密保存，用完删除。密码在数据里是封存的，别处打不开。
It holds names, citizen numbers and phone numbers: keep it encrypted and delete it after use. Passwords are sealed.

核对 / check:   manage.py workspace verify <this file>
"""


def readme(manifest: Manifest) -> bytes:
    return _README.format(
        name=manifest.name,
        slug=manifest.slug,
        at=f"{manifest.created_at:%Y-%m-%d %H:%M} UTC",
        rows=manifest.rows,
        uploads=len(manifest.uploads),
    ).encode()


def sheet(table: Table, model: type[models.Model] | None, register: Register) -> Iterator[bytes]:
    """The table as CSV with a byte order mark: labels for choices, local times, nothing that a spreadsheet computes."""
    entry = register.entry(table.name)
    shown = [c for c in table.columns if c.type not in _LEFT_OUT and entry.column(c.name).care is not Care.SECRET]
    yield BOM + _line(entry.column(column.name).label for column in shown)
    choices = choices_of(model)
    query = sql.SQL("COPY (SELECT {} FROM {} ORDER BY {}) TO STDOUT (FORMAT csv)").format(
        sql.SQL(", ").join(_readable(column, choices.get(column.name, {})) for column in shown),
        table.identifier,
        sql.SQL(", ").join(map(sql.Identifier, table.key)),
    )
    with connection.cursor() as cursor, cursor.copy(query) as copy:
        for row in copy:
            yield bytes(row)


def _readable(column: Column, choices: dict[str, str]) -> sql.Composable:
    name = sql.Identifier(column.name)
    if column.type == "timestamp with time zone":
        pattern = "to_char({} AT TIME ZONE {}, 'YYYY-MM-DD HH24:MI:SS')"
        return sql.SQL(pattern).format(name, sql.Literal(settings.TIME_ZONE))
    if column.type == "boolean":
        return sql.SQL("CASE WHEN {0} THEN '是' WHEN NOT {0} THEN '否' END").format(name)
    if column.type in _NUMBERS and not choices:
        return name
    text = sql.SQL("{}::text").format(name)
    if choices:
        cases = sql.SQL(" ").join(
            sql.SQL("WHEN {} THEN {}").format(sql.Literal(value), sql.Literal(label))
            for value, label in choices.items()
        )
        text = sql.SQL("CASE {0} {1} ELSE {0} END").format(text, cases)
    # What begins like a formula is one to a spreadsheet program (see `shared.exports`).
    guarded = "CASE WHEN left({0}, 1) IN ('=', '+', '-', '@', E'\\t', E'\\r') THEN '''' || {0} ELSE {0} END"
    return sql.SQL(guarded).format(text)


def choices_of(model: type[models.Model] | None) -> dict[str, dict[str, str]]:
    """Column → {value: label in the source language} for the columns that offer a choice."""
    if model is None:
        return {}
    codes = {about.name: about.codes for about in FIELDS if about.codes} if model._meta.label == REGISTER else {}
    with translation.override(settings.LANGUAGE_CODE):
        return {
            str(field.column): {str(value): str(label) for value, label in field.flatchoices}
            for field in model._meta.local_fields
            if field.choices
        } | {name: dict(entries.choices()) for name, entries in codes.items()}


def dictionary(tables: Iterable[Table], known: dict[str, type[models.Model]], register: Register) -> Iterator[bytes]:
    """Every column of every table, those that were left out included."""
    yield BOM + _line(["表", "表名", "列", "列名", "类型", "内容", "取值", "指向"])
    for table in tables:
        entry = register.entry(table.name)
        model = known.get(table.name)
        choices, pointed = choices_of(model), _pointed(model)
        for column in table.columns:
            said = entry.column(column.name)
            options = "；".join(f"{value}={label}" for value, label in choices.get(column.name, {}).items())
            about = [column.type, _CARE[said.care], options, pointed.get(column.name, "")]
            yield _line([table.name, entry.label, column.name, said.label, *about])


_CARE = {
    Care.PLAIN: "",
    Care.PERSONAL: "个人信息",
    Care.WORDS: "自由填写，可能提到个人",
    Care.SECRET: "凭据，不在表格里",
    Care.UPLOAD: "上传的文件",
}


def _pointed(model: type[models.Model] | None) -> dict[str, str]:
    fields: Any = model._meta.local_fields if model else []
    return {field.column: field.related_model._meta.db_table for field in fields if field.is_relation}


def _line(cells: Iterable[str]) -> bytes:
    out = StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue().encode()
