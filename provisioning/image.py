"""The seed image (种子): the rows that every workspace of one kind starts with on one day, as statements.

The product's own seeding (`workspace.seeding.furnish`) runs once in a scratch schema; its rows are read back as
statements and the scratch is rolled back. A new workspace then gets them in one round trip instead of forty.
"""

from datetime import date
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.models import DateTimeField, Model
from psycopg.sql import Literal

from provisioning import template
from provisioning.models import SeedImage
from shared.workspace import Workspace
from tenants import context, schemas
from tenants.models.tenant import UnitType
from tenants.names import new_schema_name
from workspace import seeding

_NOBODY = Workspace(uuid=UUID(int=0), name="", slug="", kind="")


class _Undo(Exception):
    """Rolls the scratch schema back."""


def prepare(*, on: date) -> int:
    """Make today's images of every kind ahead of need, and forget old ones. Returns how many were made."""
    SeedImage.objects.filter(day__lt=on).delete()
    known = set(SeedImage.objects.filter(head=template.head(), day=on).values_list("kind", flat=True))
    missing = [kind for kind in UnitType.values if kind not in known]
    for kind in missing:
        _make(template.head(), kind, on)
    return len(missing)


def statements(kind: str, *, on: date) -> str:
    """The image of a kind and day; made now where there is none, which takes the right to create a schema."""
    head = template.head()
    if (head, kind, on) in _known:
        return _known[head, kind, on]
    return _stored(head, kind, on) or _make(head, kind, on)


def is_ready(kind: str, *, on: date) -> bool:
    """Whether `statements` needs nothing but to read."""
    return (template.head(), kind, on) in _known or bool(_stored(template.head(), kind, on))


# What this process has read: a few kilobytes for each kind, of today and, around midnight, of yesterday.
_known: dict[tuple[str, str, date], str] = {}
_KNOWN_AT_MOST = 2 * len(UnitType)


def _stored(head: str, kind: str, day: date) -> str:
    """What the control schema holds, remembered; empty where it holds none."""
    found = SeedImage.objects.filter(head=head, kind=kind, day=day).values_list("statements", flat=True).first() or ""
    if found:
        if len(_known) >= _KNOWN_AT_MOST:
            _known.clear()
        _known[head, kind, day] = found
    return found


def _make(head: str, kind: str, day: date) -> str:
    made, _created = SeedImage.objects.get_or_create(
        head=head, kind=kind, day=day, defaults={"statements": _render(kind, day)}
    )
    return made.statements


def _render(kind: str, day: date) -> str:
    text = ""
    name, made = new_schema_name(), template.release()
    try:
        with transaction.atomic():
            schemas.create(name)
            with context.entered(context.of_schema(name), _NOBODY):
                template.replay(made)
                seeding.furnish(kind, on=day)
                text = ";\n".join(_rows())
            raise _Undo  # noqa: TRY301  the way out of `atomic` that undoes it
    except _Undo:
        pass
    return text


def _rows() -> list[str]:
    """An INSERT per table that holds rows, and where its numbers go on. Foreign keys are judged at the commit."""
    found = []
    tenant_apps = set(settings.TENANT_APPS)
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if model._meta.app_config.name not in tenant_apps:
                continue
            table = _quoted(model._meta.db_table)
            cursor.execute(f"SELECT jsonb_agg(to_jsonb(t))::text FROM {table} t")  # noqa: S608  a model's table
            rows = cursor.fetchone()[0]
            if rows is not None:
                found += [_insertion(model, table, rows), _numbering(model, table)]
    return found


def _insertion(model: type[Model], table: str, rows: str) -> str:
    fields = model._meta.local_concrete_fields
    columns = ", ".join(_quoted(field.column) for field in fields)
    # What says when a row was written says so of this workspace, not of the image.
    values = ", ".join("now()" if _is_stamp(field) else _quoted(field.column) for field in fields)
    source = f"jsonb_populate_recordset(NULL::{table}, {Literal(rows).as_string(None)})"
    return f"INSERT INTO {table} ({columns}) SELECT {values} FROM {source}"  # noqa: S608  a model's own names


def _is_stamp(field: Any) -> bool:
    return isinstance(field, DateTimeField) and (field.auto_now or field.auto_now_add)


def _numbering(model: type[Model], table: str) -> str:
    key = str(model._meta.pk.column)
    last = f"SELECT max({_quoted(key)}) FROM {table}"  # noqa: S608  the same
    return f"SELECT setval(pg_get_serial_sequence('{model._meta.db_table}', '{key}'), ({last}))"


def _quoted(name: str | None) -> str:
    return connection.ops.quote_name(str(name))
