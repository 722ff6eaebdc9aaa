"""A new version reaches the workspaces, as the operators see and steer it."""

import pytest

from console.models import OperatorEntry
from provisioning.fleet import runs
from provisioning.models import FleetRun, FleetTurn
from tenants.models import Tenant
from tenants.models.tenant import Ring
from tests.console.test_pages import address
from tests.provisioning.fleet.conftest import shelf  # noqa: F401  releases to come
from tests.provisioning.fleet.shelf import COLUMN, Shelf, migration
from tests.support.cast import Cast, Client
from tests.support.jobs import run_jobs


@pytest.fixture
def behind(cast: Cast, shelf: Shelf) -> Cast:  # noqa: F811  the fixture above
    """This code has a migration that neither workspace has run; jia goes first, yan last."""
    Tenant.objects.filter(pk=cast.jia.pk).update(ring=Ring.OWN)
    Tenant.objects.filter(pk=cast.yan.pk).update(ring=Ring.ALL)
    shelf.stand(_0002_weight=migration(COLUMN))
    return cast


def page(console: Client) -> str:
    answer = console.get(address("fleet"))
    assert answer.status_code == 200
    return answer.content.decode()


def begin(console: Client, ring: Ring, **changed: object) -> int:
    said = {"through": int(ring), "error_budget": "1", "reason": "新版本", **changed}
    return int(console.post(address("fleet-begin"), said).status_code)


def states() -> dict[str, str]:
    return dict(FleetTurn.objects.values_list("tenant__slug", "state"))


def test_where_everybody_is_up_to_date_there_is_nothing_to_begin(console: Client, cast: Cast) -> None:
    assert "没有要升级的" in page(console)
    assert begin(console, Ring.ALL) == 409
    assert not FleetRun.objects.exists()


def test_a_version_reaches_the_first_ring_and_then_the_rest(console: Client, behind: Cast) -> None:
    assert "2 个工作空间不是当前版本" in page(console)
    assert begin(console, Ring.OWN) == 302
    run_jobs(limit=3)
    assert states() == {"jia": "done", "yan": "waiting"}
    assert "这次不到" in page(console)
    assert begin(console, Ring.ALL) == 302
    run_jobs(limit=3)
    assert set(states().values()) == {"done"}
    run = runs.current()
    assert run
    assert run.state == FleetRun.State.DONE
    assert "已完成" in console.get(address("fleet-progress")).content.decode()
    first, last = (OperatorEntry.objects.filter(verb="fleet.begun").order_by("pk")[n] for n in (0, 1))
    assert (first.details, last.details, last.reason) == ({"through": "own"}, {"through": "all"}, "新版本")


@pytest.mark.parametrize("changed", [{"reason": ""}, {"through": "9"}, {"error_budget": "-1"}, {"error_budget": "x"}])
def test_a_form_that_is_not_in_order_begins_nothing(console: Client, behind: Cast, changed: dict[str, str]) -> None:
    assert begin(console, Ring.ALL, **changed) == 422
    assert not FleetRun.objects.exists()


def test_a_run_is_paused_and_goes_on_each_with_a_reason(console: Client, behind: Cast) -> None:
    begin(console, Ring.ALL)
    assert console.post(address("fleet-pause"), {"move-reason": ""}).status_code == 422
    assert console.post(address("fleet-pause"), {"move-reason": "先看一看"}).status_code == 302
    run_jobs(limit=3)
    assert set(states().values()) == {"waiting"}
    assert "继续" in page(console)
    console.post(address("fleet-resume"), {"move-reason": "没有问题"})
    run_jobs(limit=3)
    assert set(states().values()) == {"done"}
    verbs = OperatorEntry.objects.filter(verb__startswith="fleet.").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["fleet.begun", "fleet.paused", "fleet.resumed"]


def test_a_failure_is_named_and_tried_again(console: Client, behind: Cast) -> None:
    begin(console, Ring.ALL)
    run = runs.required()
    FleetTurn.objects.filter(run=run, tenant=behind.jia).update(state="failed", error="LockNotAvailable")
    FleetRun.objects.filter(pk=run.pk).update(state="stopped")
    said = page(console)
    assert "jia单位" in said
    assert "LockNotAvailable" in said
    assert "已停下" in said
    assert console.post(address("fleet-retry-one", behind.jia.uuid)).status_code == 302
    run_jobs(limit=3)
    assert set(states().values()) == {"done"}
    assert console.post(address("fleet-retry")).status_code == 409


def test_a_workspace_is_moved_to_another_ring(console: Client, cast: Cast) -> None:
    url = address("workspace-ring", cast.jia.uuid)
    assert console.get(url).status_code == 200
    assert console.post(url, {"ring": "1", "reason": ""}).status_code == 422
    assert console.post(url, {"ring": "7", "reason": "x"}).status_code == 422
    assert console.post(url, {"ring": "1", "reason": "愿意先用"}).status_code == 302
    assert Tenant.objects.get(pk=cast.jia.pk).ring == Ring.PILOT
    assert OperatorEntry.objects.latest("pk").details["to"] == "pilot"
    assert "试点" in console.get(address("workspace", cast.jia.uuid)).content.decode()


def test_there_is_no_bar_where_no_run_is(console: Client, cast: Cast) -> None:
    assert console.get(address("fleet-progress")).status_code == 404
    assert console.post(address("fleet-pause"), {"move-reason": "x"}).status_code == 409
