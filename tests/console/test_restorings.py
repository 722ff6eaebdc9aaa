"""What operators see and do about content that is brought back: go on, give up; with a second one, back or for good."""

from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from console.models import OperatorEntry, Proposal
from provisioning import cloning, fallbacks, restoring
from provisioning.models import Restoring
from shared.clock import now
from tenants import context, schemas
from tenants.models import Tenant
from tests.console.test_pages import address
from tests.support.cast import PASSWORD, Cast, Client
from tests.support.jobs import run_jobs
from workspace import portability
from workspace.accounts.models import User
from workspace.organization.models import Unit

API = "/api/v1/restorings/"


class Broken(Exception):
    pass


@pytest.fixture(autouse=True)
def _files_of_this_test(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.ARCHIVES_ROOT = tmp_path / "archives"


@pytest.fixture
def second(cast: Cast) -> Client:
    """Another operator's browser."""
    client = Client("console")
    with context.control():
        client.force_login(User.objects.create_user("second", PASSWORD, name="吴复核"))
    return client


@pytest.fixture
def archive(cast: Cast, tmp_path: Path) -> Path:
    """jia as it was, before its root was renamed."""
    path = tmp_path / "jia.zip"
    with context.inside(cast.jia):
        portability.export(path, at=now())
        Unit.objects.filter(depth=1).update(name="改坏了")
    return path


@pytest.fixture
def done(cast: Cast, archive: Path) -> Restoring:
    return restoring.run(restoring.ask(cast.jia, archive, by="command line", reason="名册误删"))


def broken_at(cast: Cast, archive: Path, step: str, monkeypatch: pytest.MonkeyPatch) -> Restoring:
    """One that stopped in this step; what stopped it is put right."""

    def fail(_row: Restoring) -> None:
        raise Broken("no space left on device")

    row = restoring.ask(cast.jia, archive, by="command line", reason="名册误删")
    with monkeypatch.context() as patched:
        patched.setattr(restoring, f"_{step}", fail)
        with pytest.raises(Broken):
            restoring.run(row)
    row.refresh_from_db()
    return row


def root(tenant: Tenant) -> str:
    with context.inside(Tenant.objects.get(pk=tenant.pk)):
        return Unit.objects.get(depth=1).name


def state(cast: Cast) -> str:
    return str(Tenant.objects.get(pk=cast.jia.pk).state)


def page(client: Client, row: Restoring) -> str:
    return client.get(address("restoring", row.uuid)).content.decode()


def propose(client: Client, cast: Cast, verb: str) -> int:
    sent = {"reason": "恢复错了", "confirmed": "jia"}
    return int(client.post(address("proposal-new", cast.jia.uuid, verb), sent).status_code)


def test_the_list_says_where_to_begin_when_there_is_none(console: Client) -> None:
    seen = console.get(address("restorings")).content.decode()
    assert "没有恢复或复制过" in seen and "manage.py workspace" in seen


def test_one_that_is_done_shows_its_steps_and_until_when_it_can_go_back(
    console: Client, cast: Cast, done: Restoring
) -> None:
    assert "jia单位" in console.get(address("restorings")).content.decode()
    seen = page(console, done)
    for words in (
        "从存档恢复",
        "命令行",
        "名册误删",
        "逐表核对摘要",
        "重新开放",
        "保留到",
        done.content,
        "退回恢复之前",
    ):
        assert words in seen, words
    assert "从这一步继续" not in seen and "登记网址" not in seen
    assert root(cast.jia) != "改坏了"


def test_a_longer_list_of_the_api_asks_no_more(console: Client, done: Restoring) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as ran:
            listed = console.get(API).json()["results"]
        assert all([step["name"] for step in row["steps"]] == names for row in listed)
        return len(ran)

    with context.control():
        names = list(done.steps.order_by("pk").values_list("name", flat=True))
    assert names
    asked()
    before = asked()
    with context.control():
        steps = list(done.steps.order_by("pk"))
        for _number in range(3):
            done.pk, done.uuid, done._state.adding = None, uuid4(), True
            done.save()
            for step in steps:
                step.pk, step.saga, step._state.adding = None, done, True
                step.save()
    assert asked() == before


def test_the_list_is_narrowed_by_kind_result_and_words(console: Client, done: Restoring) -> None:
    for query, shown in (
        ("result=done", True), ("result=failed", False), ("result=running", False), ("result=stopped", False),
        ("result=abandoned", False), ("kind=restore", True), ("kind=clone", False), ("q=JIA", True), ("q=none", False),
        ("result=nonsense", True),
    ):  # fmt: skip
        seen = console.get(f"{address('restorings')}?{query}").content.decode()
        assert ("jia单位" in seen) == shown, query


def test_one_that_failed_names_the_reason_and_goes_on(
    console: Client, cast: Cast, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = broken_at(cast, archive, "proof", monkeypatch)
    seen = page(console, row)
    assert "no space left on device" in seen and "停在这里" in seen and "放弃" in seen
    assert console.post(address("restoring-resume", row.uuid)).status_code == 302
    run_jobs()
    row.refresh_from_db()
    assert (bool(row.finished_at), row.error, root(cast.jia) == "改坏了") == (True, "", False)
    assert OperatorEntry.objects.latest("pk").verb == "restoring.resumed"
    assert console.post(address("restoring-resume", row.uuid)).status_code == 409


def test_one_that_was_killed_says_so_and_goes_on(console: Client, cast: Cast, archive: Path) -> None:
    row = restoring.ask(cast.jia, archive, by="command line", reason="名册误删")
    assert "没有后台任务在做" in page(console, row)
    Restoring.objects.filter(pk=row.pk).update(lease_until="2099-01-01T00:00Z")
    assert "从这一步继续" not in page(console, row)
    assert console.post(address("restoring-resume", row.uuid)).status_code == 409, "somebody has it in hand"
    Restoring.objects.filter(pk=row.pk).update(lease_until=None)
    console.post(address("restoring-resume", row.uuid))
    run_jobs()
    assert root(cast.jia) != "改坏了"


def test_before_the_swap_it_can_be_given_up_with_a_reason(
    console: Client, cast: Cast, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = broken_at(cast, archive, "proof", monkeypatch)
    assert console.post(address("restoring-abandon", row.uuid), {"reason": " "}).status_code == 422
    assert console.post(address("restoring-abandon", row.uuid), {"reason": "换一份存档"}).status_code == 302
    run_jobs()
    row.refresh_from_db()
    assert (bool(row.finished_at), state(cast), root(cast.jia)) == (True, "active", "改坏了")
    assert not schemas.exists(row.schema_name)
    assert "已放弃" in page(console, row)
    entry = OperatorEntry.objects.latest("pk")
    assert (entry.verb, entry.reason) == ("restoring.abandoned", "换一份存档")


def test_after_the_swap_there_is_only_the_way_forward(
    console: Client, cast: Cast, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = broken_at(cast, archive, "activate", monkeypatch)
    assert "只能继续完成" in page(console, row)
    assert "<h2>放弃" not in page(console, row)
    assert console.post(address("restoring-abandon", row.uuid), {"reason": "算了"}).status_code == 409
    console.post(address("restoring-resume", row.uuid))
    run_jobs()
    assert state(cast) == "active"


def test_going_back_takes_two_operators(console: Client, second: Client, cast: Cast, done: Restoring) -> None:
    assert propose(console, cast, "back") == 302
    row = Proposal.objects.get()
    assert "退回恢复之前" in second.get(address("restorings")).content.decode()
    assert "退回恢复之前：" not in second.get(address("closings")).content.decode()
    assert console.post(address("proposal-agree", row.pk)).status_code == 403
    run_jobs()
    assert root(cast.jia) != "改坏了"
    assert second.post(address("proposal-agree", row.pk))["Location"] == address("restorings")
    run_jobs()
    assert (root(cast.jia), state(cast)) == ("改坏了", "active")
    back = Restoring.objects.latest("pk")
    assert (back.kind, back.requested_by, back.reason) == ("back", "operator", "恢复错了")


def test_dropping_what_was_put_aside_takes_two_operators(
    console: Client, second: Client, cast: Cast, done: Restoring
) -> None:
    former = done.former_schema
    propose(console, cast, "forget")
    assert schemas.exists(former)
    assert second.post(address("proposal-agree", Proposal.objects.get().pk)).status_code == 302
    run_jobs()
    assert not schemas.exists(former)
    assert fallbacks.of_tenant(cast.jia).count() == 0
    assert "已于" in page(console, done)
    assert propose(console, cast, "back") == 404, "there is nothing to go back to"


def test_an_agreement_that_comes_too_late_says_so(console: Client, second: Client, cast: Cast, done: Restoring) -> None:
    propose(console, cast, "forget")
    fallbacks.drop_all(cast.jia, at=now())
    answer = second.post(address("proposal-agree", Proposal.objects.get().pk))
    assert (answer.status_code, "没有可以退回的内容" in answer.content.decode()) == (409, True)
    assert Proposal.objects.get().decided_at is None


def test_a_copy_shows_where_it_comes_from_and_what_was_changed(console: Client, cast: Cast) -> None:
    row = restoring.run(cloning.ask(cast.jia, slug="jia-drill", name="演练副本", by="command line"))
    Restoring.objects.filter(pk=row.pk).update(notes={"access_invitation.withdrawn": 3})
    seen = page(console, row)
    assert "复制自" in seen and "jia单位" in seen and "邀请，已撤回" in seen and "登记网址" in seen


def test_the_navigation_counts_what_is_to_be_seen_to(console: Client, cast: Cast, archive: Path) -> None:
    badge = '<span>恢复与复制</span><span class="status ms-auto">1</span>'
    assert badge not in console.get(address("home")).content.decode()
    restoring.ask(cast.jia, archive, by="command line", reason="x")
    assert badge in console.get(address("home")).content.decode()


class TestApi:
    def test_it_lists_shows_and_goes_on(
        self, console: Client, cast: Cast, archive: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        row = broken_at(cast, archive, "proof", monkeypatch)
        said = console.get(API).json()["results"][0]
        assert (said["uuid"], said["result"], said["workspace"]) == (str(row.uuid), "failed", str(cast.jia.uuid))
        assert "no space left" in said["error"]
        assert [step["name"] for step in said["steps"]] == ["schema", "tables", "content", "proof"]
        assert console.post(f"{API}{row.uuid}/resume/").status_code == 202
        run_jobs()
        assert console.get(f"{API}{row.uuid}/").json()["result"] == "done"
        assert console.post(f"{API}{row.uuid}/resume/").json()["code"] == "nothing_to_resume"

    def test_it_gives_up(self, console: Client, cast: Cast, archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        row = broken_at(cast, archive, "proof", monkeypatch)
        assert console.post(f"{API}{row.uuid}/abandon/", {}, "application/json").status_code == 400
        assert console.post(f"{API}{row.uuid}/abandon/", {"reason": "x"}, "application/json").status_code == 202
        run_jobs()
        assert console.get(f"{API}{row.uuid}/").json()["result"] == "abandoned"

    def test_it_proposes_and_does_not_agree(self, console: Client, cast: Cast, done: Restoring) -> None:
        at = f"{API}{done.uuid}/propose/"
        assert console.post(at, {"verb": "close", "reason": "x"}, "application/json").status_code == 400
        assert console.post(at, {"verb": "back", "reason": "恢复错了"}, "application/json").status_code == 202
        assert console.post(at, {"verb": "back", "reason": "恢复错了"}, "application/json").json()["code"] == "not_now"
        assert root(cast.jia) != "改坏了"

    def test_nobody_but_an_operator_with_a_session_gets_in(self, cast: Cast, done: Restoring) -> None:
        assert Client("console").get(API).status_code in {401, 403}
        browser = cast.signed_in("owner")
        assert browser.get(API).status_code == 404, "a workspace has no such address"
        browser.defaults["SERVER_NAME"] = "console.localhost"
        assert browser.get(API).status_code in {401, 403}
        bearer = Client("console").get(API, HTTP_AUTHORIZATION="Bearer tx_anything")
        assert bearer.status_code in {401, 403}
