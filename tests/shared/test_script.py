"""Several statements in one round trip leave what Django's own would, and all of it or nothing."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from shared.clock import now
from shared.script import Found, Script, violated_table
from tenants import context
from tenants.models import Domain, Tenant, TenantEvent, Tombstone
from tests.support.cast import Cast
from workspace.access.models import Grant, Role
from workspace.accounts.models import User
from workspace.organization.models import Unit


def test_rows_of_several_models_go_out_together_with_everything_fields_fill_in(cast: Cast) -> None:
    script, before = Script(), now()
    with context.inside(cast.jia):
        person = User(username="script", name="书 'quoted' 100%", email="s@example.cn")
        person.set_unusable_password()
        script.insert(person)
        script.insert(Grant(user=person, role=Role.MEMBER, unit_id=Found(Unit, "depth", 1)))
        with CaptureQueriesContext(connection) as sent:
            script.run()
        assert len(sent) == 1
        found = User.objects.get(username="script")
        assert (found.name, found.past_passwords, found.is_active) == ("书 'quoted' 100%", [], True)
        assert found.created_at >= before
        assert found.grants.get().unit.depth == 1
        assert not person._state.adding


def test_questions_are_answered_in_their_order_behind_any_number_of_statements(cast: Cast) -> None:
    Tombstone.objects.create(slug="buried", tenant_uuid=cast.jia.uuid, buried_at=now())
    script, told = Script(), []
    script.plain("SELECT 1; SELECT '50%'")
    script.ask("SELECT slug FROM tenants_tombstone WHERE slug = %s", "buried", then=told.append)
    script.ask("SELECT slug FROM tenants_tombstone WHERE slug = %s", "nobody", then=told.append)
    script.update(Tombstone(slug="buried", tenant_uuid=cast.yan.uuid), "tenant_uuid", by="slug")
    script.run()
    assert told == [("buried",), None]
    assert Tombstone.objects.get(slug="buried").tenant_uuid == cast.yan.uuid


def test_one_that_breaks_a_rule_undoes_them_all_and_is_named(cast: Cast) -> None:
    script = Script()
    script.insert(TenantEvent(tenant=cast.jia, destination="active", actor="script"))
    script.insert(Domain(domain="jia", tenant=cast.yan, is_primary=False))
    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        script.run()
    assert violated_table(broken.value) == "tenants_domain"
    assert not TenantEvent.objects.filter(actor="script").exists()


def test_what_is_there_already_is_left_as_it_is_when_asked_once(cast: Cast) -> None:
    script = Script()
    script.insert(Domain(domain="jia", tenant=cast.yan, is_primary=False), once=True)
    script.run()
    assert Domain.objects.get(domain="jia").tenant == cast.jia


def test_an_empty_value_is_a_null_and_no_missing_key(cast: Cast) -> None:
    script = Script()
    script.insert(Tenant(slug="script-made", name="单位", kind="other", sealed_key=b"x", activated_at=None))
    script.run()
    assert Tenant.objects.get(slug="script-made").activated_at is None
