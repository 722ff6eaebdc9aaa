"""An opening that is broken at any step is continued, and ends as if nothing had happened."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from provisioning import opening, saga
from provisioning.models import Opening
from shared.clock import now
from shared.workspace import absolute_url
from tenants import context, schemas
from tenants.models import Domain, Tenant, TenantEvent
from tests.provisioning import fingerprint
from tests.support.cast import Cast
from workspace.accounts.models import User

STEPS = [name for name, _work in opening._STEPS]


def reserve(slug: str = "broken", **changed: str) -> Opening:
    values = {
        "name": "江城市中学",
        "kind": "university",
        "admin_name": "周敏",
        "admin_email": "zhou@school.example",
    }
    return opening.reserve(slug=slug, by="tests", **{**values, **changed})


class Killed(Exception):
    pass


def break_at(monkeypatch: pytest.MonkeyPatch, name: str, *, after: bool) -> None:
    """Make one step fail, before its work or after it but before the commit."""

    def broken(work):
        def run(row: Opening) -> None:
            if after:
                work(row)
            raise Killed

        return run

    monkeypatch.setattr(
        opening, "_STEPS", tuple((n, broken(work) if n == name else work) for n, work in opening._STEPS)
    )


@pytest.fixture
def whole(cast: Cast) -> Opening:
    """One that nothing happened to."""
    return opening.run(reserve("whole"))


@pytest.mark.parametrize("after", [False, True], ids=["before its work", "after its work"])
@pytest.mark.parametrize("name", STEPS)
def test_an_opening_broken_at_a_step_resumes_to_the_same_workspace(
    whole: Opening, name: str, after: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = reserve()
    with monkeypatch.context() as breaking:
        break_at(breaking, name, after=after)
        with pytest.raises(Killed):
            opening.run(row)
    row.refresh_from_db()
    assert row.error.startswith("Killed")
    assert row.lease_until is None
    assert Tenant.objects.get(slug="broken").state == Tenant.State.FAILED
    assert [step.name for step in row.steps.filter(finished_at__isnull=False).order_by("pk")] == STEPS[
        : STEPS.index(name)
    ]

    again = opening.run(Opening.objects.get(pk=row.pk))
    assert (again.error, again.attempts, again.tenant.state) == ("", 2, Tenant.State.ACTIVE)
    assert fingerprint.parts(again.tenant) == fingerprint.parts(whole.tenant)
    assert fingerprint.rows(again.tenant) == fingerprint.rows(whole.tenant)
    assert Domain.objects.filter(tenant=again.tenant).count() == 1
    assert again.steps.count() == len(STEPS)


def test_a_kill_leaves_the_lease_to_run_out_and_another_worker_goes_on(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = reserve()
    # As a kill leaves it: leased, one step done, nobody there.
    saga.lease(row)
    saga.do(row, *opening._STEPS[0])
    with pytest.raises(saga.AlreadyRunning):
        opening.run(Opening.objects.get(pk=row.pk))
    Opening.objects.filter(pk=row.pk).update(lease_until=now() - timedelta(seconds=1))
    assert opening.run(Opening.objects.get(pk=row.pk)).tenant.state == Tenant.State.ACTIVE


def test_a_worker_that_stood_still_is_fenced_off(cast: Cast) -> None:
    row = reserve()
    saga.lease(row)
    Opening.objects.filter(pk=row.pk).update(lease_until=now() - timedelta(seconds=1))
    opening.run(Opening.objects.get(pk=row.pk))
    # The first one wakes up and wants to make the schema that is there already.
    row.steps.filter(name=STEPS[0]).update(finished_at=None)
    with pytest.raises(saga.Superseded):
        saga.do(row, *opening._STEPS[0])
    assert Tenant.objects.get(slug="broken").state == Tenant.State.ACTIVE


def test_running_a_finished_opening_again_changes_nothing(whole: Opening) -> None:
    before = (whole.finished_at, fingerprint.rows(whole.tenant), TenantEvent.objects.count())
    again = opening.run(Opening.objects.get(pk=whole.pk))
    after = (again.finished_at, fingerprint.rows(again.tenant), TenantEvent.objects.count())
    assert before == after


def test_a_workspace_answers_only_when_its_opening_is_done(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.support.cast import Client

    row = reserve()
    with monkeypatch.context() as breaking:
        break_at(breaking, "activate", after=False)
        with pytest.raises(Killed):
            opening.run(row)
    assert Client("broken").get("/sign-in/").status_code == 404
    opening.run(Opening.objects.get(pk=row.pk))
    assert Client("broken").get("/sign-in/").status_code == 200


def test_a_slug_that_is_taken_is_refused_by_name_and_leaves_nothing(cast: Cast) -> None:
    tenants = Tenant.objects.count()
    with pytest.raises(opening.SlugTaken):
        reserve("jia")
    assert Tenant.objects.count() == tenants


@pytest.mark.parametrize("changed", [{"slug": "admin"}, {"slug": "x'; --"}, {"name": ""}, {"kind": "nonsense"}])
def test_a_malformed_request_is_refused_before_anything_is_made(cast: Cast, changed: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        reserve(**{"slug": "fine-slug", **changed})
    assert not Tenant.objects.filter(slug__in=["admin", "fine-slug"]).exists()


def test_two_rows_for_one_slug_cannot_stand(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Tenant.objects.create(slug="jia", name="假")


def test_the_control_schema_keeps_no_way_into_a_workspace(whole: Opening) -> None:
    path = opening.activation_url(whole).removeprefix(absolute_url(whole.tenant.slug))
    token = path.strip("/").split("/")[-1]
    assert len(token) > 20
    for model in (Opening, Tenant, TenantEvent):
        for row in model.objects.values():
            assert token not in str(row) and "/activate/" not in str(row)


def test_there_is_no_link_once_the_administrator_is_in(whole: Opening) -> None:
    with context.inside(whole.tenant):
        user = User.objects.get()
        user.set_password("Correct-horse-9")
        user.save()
    assert opening.activation_url(whole) == ""


def test_a_failed_schema_step_leaves_no_schema_and_no_role(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    row = reserve()
    break_at(monkeypatch, "schema", after=True)
    with pytest.raises(Killed):
        opening.run(row)
    assert not schemas.exists(row.tenant.schema_name)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [row.tenant.schema_name])
        assert cursor.fetchone() is None
