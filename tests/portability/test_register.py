"""The register knows every table and column of every workspace model, and an archive carries them all."""

import re
import tomllib
from importlib import resources

from django.db import models

from tenants import context
from tests.architecture.sources import ROOT, python_files
from tests.support.cast import Cast
from workspace import portability
from workspace.portability import schema
from workspace.portability.register import Care, Register
from workspace.portability.sealing import SEALED


def columns() -> set[tuple[str, str]]:
    return {(table, field.column) for table, model in schema.by_table().items() for field in model._meta.local_fields}


def test_every_table_and_column_is_entered_once_and_nothing_that_is_gone() -> None:
    register = Register()
    entered = [(table, column) for table, entry in register.entries.items() for column in entry.columns]
    assert set(entered) == columns()


def test_every_label_is_said() -> None:
    for table, entry in Register().entries.items():
        assert entry.label, table
        assert all(column.label for column in entry.columns.values()), table


def test_no_column_is_named_under_two_cares() -> None:
    said = tomllib.loads(resources.files("workspace.portability").joinpath("register.toml").read_text())
    for table, entry in said.items():
        named = [column for care in Care for column in entry.get(care, {})]
        assert len(named) == len(set(named)), table


def test_every_upload_field_is_entered_as_one_and_nothing_else_is() -> None:
    register = Register()
    for table, model in schema.by_table().items():
        for field in model._meta.local_fields:
            is_upload = register.entry(table).column(field.column).care is Care.UPLOAD
            assert is_upload == isinstance(field, models.FileField), f"{table}.{field.column}"


def test_what_is_sealed_is_a_secret() -> None:
    register = Register()
    for table, names in SEALED.items():
        for name in names:
            assert register.entry(table).column(name).care is Care.SECRET


def test_a_table_stands_after_those_it_points_to() -> None:
    order = schema.models_in_order()
    for place, model in enumerate(order):
        for field in model._meta.local_fields:
            if field.is_relation and field.related_model is not model:
                assert order.index(field.related_model) < place, f"{model.__name__}.{field.name}"


def test_the_schema_holds_the_tables_of_the_models_and_no_other(cast: Cast) -> None:
    with context.inside(cast.jia):
        assert {table.name for table in schema.tables()} == set(schema.by_table())


def test_an_archive_holds_every_table_but_those_left_out_for_a_reason(cast: Cast) -> None:
    with context.inside(cast.jia):
        said = portability.digest()
    left_out = Register().left_out()
    assert set(said.tables) | set(left_out) == set(schema.by_table())
    assert set(left_out) == {
        *("accounts_session", "accounts_failure", "access_consent"),
        *("archives_archive", "archives_schedule"),
    }
    for table, there in said.tables.items():
        assert {(table, column) for column in there.columns} == {pair for pair in columns() if pair[0] == table}


def test_whatever_is_sealed_for_a_workspace_is_known_to_those_who_move_it() -> None:
    """A new sealed column comes along in a clone only if `portability.moving` seals it anew: enter it there first."""
    calls = {
        path.relative_to(ROOT).as_posix()
        for path in python_files("src/workspace")
        if re.search(r"\b(un)?seal\(", path.read_text())
    }
    assert calls == {"src/workspace/accounts/sealing.py", "src/workspace/accounts/actions/factor.py"}
