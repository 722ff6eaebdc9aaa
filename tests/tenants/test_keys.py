"""A workspace's key: its own, wrapped, and gone when destroyed."""

from uuid import uuid4

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import override_settings

from tenants import context, keys
from tenants.models import Tenant
from tests.support.cast import Cast
from workspace.accounts.sealing import BrokenSeal, seal, unseal

OLD, NEW = "o" * 30 + "ld-secret-of-enough-length-0123", "n" * 30 + "ew-secret-of-enough-length-0123"


def test_every_workspace_has_a_key_of_its_own(cast: Cast) -> None:
    opened = {keys.unwrap(tenant.sealed_key or b"", tenant.uuid) for tenant in (cast.jia, cast.yan)}
    assert len(opened) == 2
    assert {len(key) for key in opened} == {32}


def test_a_wrapped_key_does_not_open_for_another_workspace(cast: Cast) -> None:
    with pytest.raises(keys.WrongRoot):
        keys.unwrap(cast.jia.sealed_key or b"", cast.yan.uuid)


def test_it_never_shows_in_what_is_printed(cast: Cast) -> None:
    assert keys.unwrap(cast.jia.sealed_key or b"", cast.jia.uuid).hex() not in repr(cast.jia.workspace)
    assert "secret" not in repr(cast.jia.workspace)


def test_a_root_key_that_was_replaced_still_opens_and_can_be_left_behind() -> None:
    uuid = uuid4()
    with override_settings(SECRET_KEY=OLD):
        wrapped = keys.make(uuid)
        plain = keys.unwrap(wrapped, uuid)
    with override_settings(SECRET_KEY=NEW, SECRET_KEY_FALLBACKS=[OLD]):
        assert keys.unwrap(wrapped, uuid) == plain
        again = keys.rewrap(wrapped, uuid)
    with override_settings(SECRET_KEY=NEW, SECRET_KEY_FALLBACKS=[]):
        assert keys.unwrap(again, uuid) == plain
        with pytest.raises(keys.WrongRoot):
            keys.unwrap(wrapped, uuid)


def test_what_was_sealed_can_not_be_read_once_the_key_is_destroyed(cast: Cast) -> None:
    with context.inside(cast.jia):
        sealed = seal(b"secret", purpose="x")
    Tenant.objects.filter(pk=cast.jia.pk).update(sealed_key=None)
    cast.jia.refresh_from_db()
    with context.inside(cast.jia), pytest.raises(BrokenSeal):
        unseal(sealed, purpose="x")


def test_what_was_sealed_before_workspaces_had_keys_can_still_be_read(cast: Cast) -> None:
    own = cast.jia.sealed_key
    cast.jia.sealed_key = None
    with context.inside(cast.jia):
        sealed = seal(b"secret", purpose="x")
    cast.jia.sealed_key = own
    with context.inside(cast.jia):
        assert unseal(sealed, purpose="x") == b"secret"


def test_after_a_change_of_the_root_key_every_workspace_is_wrapped_anew(cast: Cast) -> None:
    before = cast.jia.workspace.secret
    with override_settings(SECRET_KEY=NEW, SECRET_KEY_FALLBACKS=[settings.SECRET_KEY]):
        call_command("rewrap_keys", verbosity=0)
    with override_settings(SECRET_KEY=NEW, SECRET_KEY_FALLBACKS=[]):
        assert Tenant.objects.get(slug="jia").workspace.secret == before


def test_a_key_under_a_root_that_nobody_has_is_named(cast: Cast) -> None:
    with override_settings(SECRET_KEY=NEW), pytest.raises(CommandError, match="jia"):
        call_command("rewrap_keys", verbosity=0)
