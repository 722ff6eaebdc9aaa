"""Workspace roles log in only where Citus needs it, and never with a password."""

from io import StringIO

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.db import connection

from tenants import roles, schemas
from tenants.names import UnsafeName, new_schema_name
from tests.support.cast import Cast


def may_log_in(name: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolcanlogin, rolinherit FROM pg_roles WHERE rolname = %s", [name])
        login, inherits = cursor.fetchone()
    assert not inherits
    return bool(login)


def test_a_new_role_may_not_log_in(db: None) -> None:
    name = new_schema_name()
    schemas.create(name)
    assert not may_log_in(name)


def test_with_the_setting_a_new_role_may_log_in(db: None, settings: LazySettings) -> None:
    settings.TENANT_ROLES_LOGIN = True
    name = new_schema_name()
    schemas.create(name)
    assert may_log_in(name)


def test_the_command_makes_existing_roles_follow_the_setting(cast: Cast, settings: LazySettings) -> None:
    ours = {cast.jia.schema_name, cast.yan.schema_name}
    settings.TENANT_ROLES_LOGIN = True
    said = StringIO()
    call_command("tenant_roles", "--apply", stdout=said)
    assert "2 roles changed to LOGIN.\n2 may log in, 0 may not" in said.getvalue()
    assert all(may_log_in(name) for name in ours)
    settings.TENANT_ROLES_LOGIN = False
    call_command("tenant_roles", "--apply", stdout=StringIO())
    assert not any(may_log_in(name) for name in ours)


def test_without_apply_the_command_only_looks(cast: Cast, settings: LazySettings) -> None:
    settings.TENANT_ROLES_LOGIN = True
    said = StringIO()
    call_command("tenant_roles", stdout=said)
    assert said.getvalue() == "0 may log in, 2 may not; the setting asks for LOGIN.\n"
    assert not may_log_in(cast.jia.schema_name)


def test_a_role_of_another_installation_on_the_same_server_is_left_alone(db: None, settings: LazySettings) -> None:
    """Its schema is in another database."""
    name = new_schema_name()
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {name} NOLOGIN NOINHERIT")
    settings.TENANT_ROLES_LOGIN = True
    assert name not in roles.differing()
    call_command("tenant_roles", "--apply", stdout=StringIO())
    assert not may_log_in(name)


def test_only_names_of_our_form_reach_the_database(db: None) -> None:
    with pytest.raises(UnsafeName):
        roles.switch(["postgres"])
