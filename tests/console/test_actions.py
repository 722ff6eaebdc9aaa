"""What an operator can do, and what the record then says."""

import re
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from console import pasted, words
from console.actions import inviting, moves, retries
from console.models import OperatorEntry, QueueJob, Standing
from provisioning.models import Opening, PartnerInvitation
from shared.queue import later
from tenants import context, lifecycle, worker
from tenants.models import Tenant
from tests.architecture.sources import python_files
from tests.console.test_pages import address
from tests.support.cast import Cast, Client
from tests.support.jobs import run_jobs
from workspace.accounts.models import User
from workspace.accounts.record import record


def last() -> OperatorEntry:
    return OperatorEntry.objects.order_by("-pk").first()


def verbs() -> list[str]:
    return list(OperatorEntry.objects.order_by("pk").values_list("verb", flat=True))


def test_suspending_needs_a_reason_and_the_address_typed(console: Client, cast: Cast) -> None:
    url = address("workspace-move", cast.jia.uuid, "suspended")
    for sent in ({"reason": "", "confirmed": "jia"}, {"reason": "违规", "confirmed": "yan"}):
        assert console.post(url, sent).status_code == 422
        assert Tenant.objects.get(pk=cast.jia.pk).state == "active"
    assert console.post(url, {"reason": "应单位要求", "confirmed": "jia"}).status_code == 302
    assert Tenant.objects.get(pk=cast.jia.pk).state == "suspended"
    assert (last().verb, last().by, last().label, last().reason) == (
        "workspace.suspended",
        "operator",
        "jia单位",
        "应单位要求",
    )
    assert Client("jia").get("/").status_code == 503


def test_a_suspended_workspace_resumes_and_its_history_tells_both(console: Client, cast: Cast) -> None:
    for to, why in (("suspended", "应单位要求"), ("active", "单位已恢复")):
        console.post(address("workspace-move", cast.jia.uuid, to), {"reason": why, "confirmed": "jia"})
    page = console.get(address("workspace", cast.jia.uuid)).content.decode()
    assert "应单位要求" in page
    assert "单位已恢复" in page
    assert Client("jia").get("/sign-in/").status_code == 200


def test_an_edge_that_an_operator_may_not_take_alone_is_no_page(console: Client, cast: Cast) -> None:
    for to in ("closing", "purged", "archived", "active", "nonsense"):
        assert console.get(address("workspace-move", cast.jia.uuid, to)).status_code == 404, to


def test_a_move_without_a_reason_is_refused_below_the_form_too(cast: Cast, operator: User) -> None:
    lifecycle.move(cast.jia, to="read_only", by="tests", reason="试")
    with pytest.raises(lifecycle.ReasonMissing):
        moves.move(cast.jia, to="active", by=operator, reason=" ")


def test_refreshing_asks_the_worker_and_the_page_then_shows_the_counts(console: Client, cast: Cast) -> None:
    Standing.objects.filter(tenant=cast.jia).update(units=0, branches=0)
    console.post(address("workspace-refresh", cast.jia.uuid))
    assert Standing.objects.get(tenant=cast.jia).is_waiting
    assert last().verb == "workspace.counted"
    run_jobs()
    assert Standing.objects.get(tenant=cast.jia).branches >= 2


def failed_opening(cast: Cast) -> Opening:
    opening = Opening.objects.get(tenant=cast.jia)
    Opening.objects.filter(pk=opening.pk).update(finished_at=None, error="DiskFull: no space", lease_until=None)
    Tenant.objects.filter(pk=cast.jia.pk).update(state="failed")
    return Opening.objects.get(pk=opening.pk)


def test_a_failed_opening_raises_the_alarm_and_continues_when_retried(console: Client, cast: Cast) -> None:
    opening = failed_opening(cast)
    assert "DiskFull" in console.get("/").content.decode()
    page = console.get(address("opening", opening.uuid)).content.decode()
    assert "DiskFull: no space" in page
    console.post(address("opening-retry", opening.uuid))
    assert [name for _n, name, _w, _a in worker.pending()] == ["provisioning.open"]
    assert last().details["error"] == "DiskFull: no space"
    run_jobs()
    assert Opening.objects.get(pk=opening.pk).finished_at


def test_an_opening_in_hand_or_done_is_not_retried(cast: Cast, operator: User) -> None:
    at = timezone.now()
    done = Opening.objects.get(tenant=cast.jia)
    with pytest.raises(retries.OpeningDone):
        retries.retry_opening(done, by=operator, at=at)
    Opening.objects.filter(pk=done.pk).update(finished_at=None, lease_until=at + timedelta(minutes=1))
    with pytest.raises(retries.OpeningHeld):
        retries.retry_opening(done, by=operator, at=at)
    assert verbs() == []


def fail(number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SET LOCAL search_path = jobs; UPDATE procrastinate_jobs SET status = 'doing' WHERE id = {number}; "
            f"UPDATE procrastinate_jobs SET status = 'failed', attempts = 5 WHERE id = {number}; "
            "SET LOCAL search_path = public"
        )


def test_a_failed_job_is_shown_and_can_be_tried_once_more(console: Client, cast: Cast) -> None:
    number = later("console.measure", tenant=str(cast.jia.uuid))
    fail(number)
    assert "console.measure" in console.get(address("health")).content.decode()
    console.post(address("job-retry", number))
    assert QueueJob.objects.get(pk=number).status == "todo"
    assert last().verb == "job.retried"
    console.post(address("job-retry", number))
    assert verbs() == ["job.retried"]


def test_a_failed_job_is_named_by_its_workspace_and_never_by_what_it_carries(console: Client, cast: Cast) -> None:
    with context.inside(cast.jia):
        number = later("inbox.send", secret="身份证号")
    fail(number)
    page = console.get(address("health")).content.decode()
    assert "jia单位" in page
    assert "身份证号" not in page


def test_the_record_can_be_added_to_and_never_changed(cast: Cast, operator: User) -> None:
    moves.move(cast.jia, to="read_only", by=operator, reason="试")
    for change in (
        lambda: OperatorEntry.objects.update(reason="别的"),
        lambda: OperatorEntry.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
            change()


def test_what_happens_to_an_operators_account_stands_in_the_operators_record(cast: Cast, operator: User) -> None:
    with context.control():
        record("account.signed_in", of=operator, by=operator, details={})
    assert last().verb == "account.signed_in"
    with context.inside(cast.jia):
        owner = cast.user("owner")
        record("account.signed_in", of=owner, by=owner, details={})
    assert verbs() == ["account.signed_in"]


def test_an_invitation_shows_its_link_until_it_is_taken_back(console: Client, operator: User) -> None:
    console.post(address("invitation-new"), {"name": "仁和医院", "kind": "hospital", "wave": "秋季", "days": 10})
    made = PartnerInvitation.objects.get()
    assert (made.name, made.kind, made.wave, made.invited_by) == ("仁和医院", "hospital", "秋季", "operator")
    assert made.token in console.get(address("invitation", made.pk)).content.decode()
    console.post(address("invitation-revoke", made.pk), {"reason": "重复"})
    assert made.token not in console.get(address("invitation", made.pk)).content.decode()
    assert Client().get(f"/invitation/{made.token}/").status_code == 410
    assert verbs() == ["invitation.made", "invitation.revoked"]


def test_a_used_invitation_is_not_taken_back(operator: User, cast: Cast) -> None:
    at = timezone.now()
    made = inviting.invite(pasted.Line(1, "甲", name="甲"), terms=inviting.Terms(), by=operator, at=at)
    PartnerInvitation.objects.update(used_at=at)
    with pytest.raises(inviting.InvitationUsedUp):
        inviting.revoke(made, by=operator, reason="试", at=at)


def test_a_pasted_list_is_tried_out_before_anything_is_sent(console: Client, operator: User) -> None:
    lines = "仁和医院\t医院\t北京\n\n,高校\n"
    page = console.post(address("invitation-batch"), {"lines": lines, "wave": "秋季", "days": 30})
    assert "缺单位名称" in page.content.decode()
    assert PartnerInvitation.objects.count() == 0
    console.post(address("invitation-batch"), {"lines": lines, "wave": "秋季", "days": 30, "send": "yes"})
    assert list(PartnerInvitation.objects.values_list("name", "region", "wave")) == [("仁和医院", "110000", "秋季")]
    assert verbs() == ["invitation.batch_made"]


def test_every_act_of_an_operator_has_a_name_in_the_record() -> None:
    written = set()
    for path in python_files("src/console", "src/workspace/accounts"):
        written |= set(re.findall(r"""record\(\s*"([a-z_]+\.[a-z_]+)\"""", path.read_text()))
    assert len(written) > 20
    assert written | set(moves._VERBS.values()) <= set(words.VERBS)
