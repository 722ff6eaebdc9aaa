"""What operators may do about the end of a workspace, and what takes two of them."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from console.models import OperatorEntry, Proposal, Standing
from provisioning import closing
from provisioning.models import Closing, ClosingStep
from shared.clock import now
from tenants import context
from tenants.models import Tenant
from tests.console.test_pages import address
from tests.support.cast import PASSWORD, Cast, Client
from workspace.accounts.models import User


@pytest.fixture
def second(cast: Cast) -> Client:
    """Another operator's browser."""
    client = Client("console")
    with context.control():
        client.force_login(User.objects.create_user("second", PASSWORD, name="吴复核"))
    return client


def propose(console: Client, cast: Cast, verb: str = "close") -> int:
    sent = {"reason": "单位已撤销", "confirmed": "jia"}
    return int(console.post(address("proposal-new", cast.jia.uuid, verb), sent).status_code)


def state(cast: Cast) -> str:
    return str(Tenant.objects.get(pk=cast.jia.pk).state)


def test_nobody_closes_a_workspace_alone(console: Client, cast: Cast) -> None:
    assert propose(console, cast) == 302
    assert state(cast) == "active"
    row = Proposal.objects.get()
    assert console.post(address("proposal-agree", row.pk)).status_code == 403
    assert state(cast) == "active"
    assert "等另一位运营人员" in console.get(address("closings")).content.decode()


def test_the_second_operator_agrees_and_it_begins(console: Client, second: Client, cast: Cast) -> None:
    propose(console, cast)
    assert "复核通过" in second.get(address("closings")).content.decode()
    second.post(address("proposal-agree", Proposal.objects.get().pk))
    assert state(cast) == "closing"
    row = Closing.objects.get()
    assert (row.reason, row.requested_by) == ("单位已撤销", "operator")
    assert list(OperatorEntry.objects.order_by("pk").values_list("verb", "by"))[-2:] == [
        ("proposal.proposed", "operator"),
        ("proposal.agreed", "second"),
    ]
    for page in ("closings", "workspaces"):
        assert second.get(address(page)).status_code == 200
    assert "可撤销到" in second.get(address("closing", row.uuid)).content.decode()
    assert "正在关闭" in second.get(address("workspace", cast.jia.uuid)).content.decode()


def test_a_proposal_is_decided_once(console: Client, second: Client, cast: Cast) -> None:
    propose(console, cast)
    row = Proposal.objects.get()
    second.post(address("proposal-turn-down", row.pk))
    assert second.post(address("proposal-agree", row.pk)).status_code == 409
    assert state(cast) == "active"
    assert propose(console, cast) == 302  # a new one may follow


def test_the_same_proposal_waits_only_once(console: Client, cast: Cast) -> None:
    propose(console, cast)
    assert propose(console, cast) == 404
    assert Proposal.objects.count() == 1


def test_the_database_itself_refuses_an_agreement_with_oneself(cast: Cast) -> None:
    row = Proposal.objects.create(tenant=cast.jia, verb="close", reason="x", by="a", by_name="a", at=now())
    row.decided_by, row.agreed = "a", True
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


@pytest.mark.parametrize("sent", [{"reason": "", "confirmed": "jia"}, {"reason": "x", "confirmed": "yan"}])
def test_a_proposal_needs_a_reason_and_the_address_typed(console: Client, cast: Cast, sent: dict[str, str]) -> None:
    assert console.post(address("proposal-new", cast.jia.uuid, "close"), sent).status_code == 422
    assert not Proposal.objects.exists()


def test_what_cannot_be_erased_yet_cannot_be_proposed(console: Client, cast: Cast) -> None:
    for verb in ("erase", "nonsense"):
        assert console.get(address("proposal-new", cast.jia.uuid, verb)).status_code == 404


def test_one_operator_may_keep_what_was_to_be_closed(console: Client, cast: Cast) -> None:
    row = closing.request(cast.jia, by="administrator owner", reason="合并", at=now())
    assert console.post(address("closing-cancel", row.uuid), {"reason": ""}).status_code == 422
    assert console.post(address("closing-cancel", row.uuid), {"reason": "单位改了主意"}).status_code == 302
    assert state(cast) == "active"
    assert OperatorEntry.objects.latest("pk").verb == "closing.cancelled"


def test_a_closing_that_stopped_is_shown_and_tried_again(console: Client, cast: Cast) -> None:
    row = closing.request(cast.jia, by="administrator owner", reason="合并", at=now())
    assert console.post(address("closing-retry", row.uuid)).status_code == 409
    Closing.objects.filter(pk=row.pk).update(error="OSError: no space left")
    assert "no space left" in console.get(address("closing", row.uuid)).content.decode()
    assert console.post(address("closing-retry", row.uuid)).status_code == 302


def test_the_proof_is_a_file_once_there_is_one(console: Client, cast: Cast) -> None:
    row = closing.request(cast.jia, by="administrator owner", reason="合并", at=now())
    assert console.get(address("closing-proof", row.uuid)).status_code == 404
    Closing.objects.filter(pk=row.pk).update(proof={"at": "2026-11-25", "stores": {"files": 0}, "sha256": "ab"})
    answer = console.get(address("closing-proof", row.uuid))
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer.json()["stores"] == {"files": 0}


def test_the_list_is_narrowed_by_result_and_words(console: Client, cast: Cast) -> None:
    closing.request(cast.jia, by="administrator owner", reason="合并", at=now())
    url = address("closings")
    for query, shown in (("result=grace", True), ("result=done", False), ("q=jia", True), ("q=nobody", False)):
        assert ("jia单位" in console.get(f"{url}?{query}").content.decode()) == shown, query
    for result in ("cancelled", "failed", "archived", "nonsense"):
        assert console.get(f"{url}?result={result}").status_code == 200


def test_once_its_time_is_over_nobody_proposes_to_destroy_it_early(console: Client, cast: Cast) -> None:
    row = closing.request(cast.jia, by="administrator owner", reason="合并", at=now())
    past = now() - timedelta(days=1)
    Tenant.objects.filter(pk=cast.jia.pk).update(state="archived")
    Closing.objects.filter(pk=row.pk).update(grace_until=past, archived_at=past)
    assert "提前销毁封存数据" in console.get(address("closing", row.uuid)).content.decode()
    assert "jia单位" in console.get(f"{address('closings')}?result=archived").content.decode()
    Closing.objects.filter(pk=row.pk).update(kept_until=past, lease_until=now() + timedelta(minutes=1))
    ClosingStep.objects.create(saga=row, name="key", started_at=now())
    seen = console.get(address("closing", row.uuid)).content.decode()
    assert "提前销毁封存数据" not in seen and "正在做" in seen and "停在这里" not in seen
    assert "jia单位" in console.get(f"{address('closings')}?result=running").content.decode()
    assert console.get(address("proposal-new", cast.jia.uuid, "erase")).status_code == 404


def test_counts_go_when_a_workspace_is_purged(cast: Cast) -> None:
    from tenants import lifecycle

    Standing.objects.get_or_create(tenant=cast.jia)
    Tenant.objects.filter(pk=cast.jia.pk).update(state="archived")
    lifecycle.move(cast.jia, to="purged", by="tests", reason="x")
    assert not Standing.objects.filter(tenant=cast.jia).exists()


def test_an_operator_gives_a_workspace_another_address(console: Client, cast: Cast) -> None:
    url = address("workspace-address", cast.jia.uuid)
    assert console.get(url).status_code == 200
    good = {"address": "jia-group", "reason": "单位更名", "confirmed": "jia"}
    for bad in ({"address": "admin"}, {"address": "yan"}, {"reason": ""}, {"confirmed": "x"}, {"address": "jia"}):
        answer = console.post(url, {**good, **bad})
        assert answer.status_code == 422, bad
        assert "单位更名" in answer.content.decode() or "reason" in bad
    assert console.post(url, good).status_code == 302
    assert Client("jia-group").get("/sign-in/").status_code == 200
    assert OperatorEntry.objects.latest("pk").details == {"from": "jia", "to": "jia-group"}
