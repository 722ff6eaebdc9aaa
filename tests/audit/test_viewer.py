"""The auditor's page: who sees which lines, how they are found, read, and taken away."""

import csv
import io
from datetime import timedelta

import pytest
from django.utils import timezone

from shared.clock import now
from tenants import context
from tests.support.cast import PASSWORD, Cast, Client
from workspace.access.models import Grant, Role
from workspace.accounts.models import User
from workspace.audit.actions import record
from workspace.audit.models import Entry
from workspace.members.actions import records
from workspace.members.models import Member
from workspace.organization.actions.changing import change
from workspace.organization.facts import Facts
from workspace.organization.models import Unit
from workspace.oversight.queries import listing
from workspace.oversight.shown import Shown


@pytest.fixture
def lines(cast: Cast) -> None:
    """In jia: a sign-in, a change of a member of the first branch, an export, a failure."""
    with context.inside(cast.jia):
        owner, member = Cast.user("owner"), Member.objects.get(name="王党员")
        record("account.signed_in", of=owner, by=owner, details={"address": "10.1.2.3"})
        records.change(
            member,
            {"phone": "13812341234", "citizen_number": "11010519491231002X"},
            by=owner,
            seen_at=member.updated_at,
        )
        record("members.exported", of=owner, by=owner, details={"rows": 3, "form": "xlsx", "reason": "=1+1"})
        record("account.sign_in_failed", of=owner, by=None)


def auditor() -> None:
    """jia gets a person who is nothing but the auditor."""
    user = User.objects.create_user("auditor", PASSWORD, name="周审计")
    Grant.objects.create(user=user, role=Role.AUDITOR, unit=Unit.objects.get(depth=1))


def text(client: Client, query: str = "") -> str:
    return client.get(f"/audit/{query}").content.decode()


def row_of(page: str, words: str) -> bool:
    """Whether a line of the table says so; the filters' menus say all verbs."""
    return f">{words}</a></th>" in page


def test_the_administrator_reads_every_line_in_words(cast: Cast, lines: None) -> None:
    page = text(cast.signed_in("owner"))
    assert all(row_of(page, words) for words in ("登录", "修改党员资料", "导出党员名册", "登录失败"))


def test_secretaries_and_members_find_nothing(cast: Cast, lines: None) -> None:
    for who in ("secretary", "member", "stranger"):
        client = cast.signed_in(who)
        for path in ("/audit/", "/audit/1/", "/audit/export/", "/api/v1/audit-entries/"):
            assert client.get(path).status_code == 404, (who, path)


def test_the_auditor_reads_the_record_but_no_names_of_members(cast: Cast, lines: None) -> None:
    with context.inside(cast.jia):
        auditor()
    page = text(cast.signed_in("auditor"))
    assert row_of(page, "修改党员资料")
    assert "王党员" not in page
    assert "王*" in page
    assert "王党员" in text(cast.signed_in("owner"))


def test_the_administrator_of_a_branch_reads_what_belongs_to_it(cast: Cast, lines: None) -> None:
    with context.inside(cast.jia):
        part = User.objects.create_user("part", PASSWORD, name="分管")
        Grant.objects.create(user=part, role=Role.ADMIN, unit=Unit.objects.get(name="第一党支部"))
    client = cast.signed_in("part")
    page = text(client)
    assert row_of(page, "修改党员资料")
    assert not row_of(page, "登录")
    assert "记录是否完整" not in page
    with context.inside(cast.jia):
        elsewhere = Entry.objects.filter(verb="account.signed_in").latest("pk").pk
    assert client.get(f"/audit/{elsewhere}/").status_code == 404
    assert client.get(f"/api/v1/audit-entries/{elsewhere}/").status_code == 404


def test_the_other_workspace_has_its_own_record(cast: Cast, lines: None) -> None:
    with context.inside(cast.jia):
        theirs = Entry.objects.latest("pk").pk + 5
        record("unit.moved", of=Unit.objects.get(depth=1), by=None)
    assert not row_of(text(cast.signed_in("owner", at="yan")), "调整组织上级")
    assert cast.signed_in("owner", at="yan").get(f"/audit/{theirs}/").status_code == 404


@pytest.mark.parametrize(
    ("query", "there", "gone"),
    [
        ("?verb=member", "修改党员资料", "登录失败"),
        ("?verb=member.changed", "修改党员资料", "导出党员名册"),
        ("?result=failed", "登录失败", "修改党员资料"),
        ("?kind=members.member", "修改党员资料", "登录失败"),
        ("?person=管理", "修改党员资料", "登录失败"),
        ("?q=王党", "修改党员资料", "登录失败"),
        ("?since={today}", "修改党员资料", "—"),
        ("?until={today}", "修改党员资料", "—"),
        ("?unit={branch}", "修改党员资料", "登录失败"),
        ("?since=0001-01-01&until=9998-12-31", "修改党员资料", "—"),
        ("?verb=nonsense&result=x&kind=y&unit=z&since=abc", "登录失败", "—"),
    ],
)
def test_a_filter_narrows_the_list(query: str, there: str, gone: str, cast: Cast, lines: None) -> None:
    with context.inside(cast.jia):
        branch = Unit.objects.get(name="第一党支部").pk
    page = text(cast.signed_in("owner"), query.format(today=timezone.localdate(), branch=branch))
    assert row_of(page, there)
    assert not row_of(page, gone)


def test_a_day_without_lines_is_empty(cast: Cast, lines: None) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    assert "没有符合条件的记录" in text(cast.signed_in("owner"), f"?until={yesterday}&verb=member")


def test_a_line_shows_what_changed_with_personal_values_masked(cast: Cast, lines: None) -> None:
    with context.inside(cast.jia):
        found = Entry.objects.get(verb="member.changed")
        member = found.thing
    page = cast.signed_in("owner").get(f"/audit/{found.pk}/").content.decode()
    assert "138****1234" in page
    assert "13812341234" not in page
    assert "11010519491231002X" not in page
    assert f"/members/{member}/" in page


def test_a_line_says_from_where_and_in_which_role_it_came(cast: Cast) -> None:
    client = cast.signed_in("owner")
    with context.inside(cast.jia):
        member = Member.objects.get(name="王党员")
        Member.objects.filter(pk=member.pk).update(phone="13812341234")
    posted = {"reason": "核对登记资料"}
    client.post(f"/members/{member.pk}/unmask/phone/", posted, headers={"X-Request-ID": "request-for-the-test"})
    with context.inside(cast.jia):
        line = Entry.objects.get(verb="member.unmasked")
    assert (line.address, line.request) == ("127.0.0.1", "request-for-the-test")
    assert line.role == "admin"
    assert line.unit == member.unit_id


def test_pages_follow_each_other_by_key_and_back(cast: Cast) -> None:
    with context.inside(cast.jia):
        root = Unit.objects.get(depth=1)
        for _ in range(2 * listing.ROWS + 5):
            record("unit.moved", of=root, by=None)
        rows = Entry.objects.filter(verb="unit.moved")
        first = listing.page(rows)
        second = listing.page(rows, before=first.older)
        third = listing.page(rows, before=second.older)
        assert [len(page.rows) for page in (first, second, third)] == [listing.ROWS, listing.ROWS, 5]
        assert first.newer is None
        assert third.older is None
        back = listing.page(rows, after=third.newer)
        assert [row.pk for row in back.rows] == [row.pk for row in second.rows]
        front = listing.page(rows, after=back.newer)
        assert [row.pk for row in front.rows] == [row.pk for row in first.rows]
        assert front.newer is None


def test_a_page_of_a_long_record_asks_the_database_no_more(cast: Cast, django_assert_max_num_queries) -> None:
    with context.inside(cast.jia):
        root = Unit.objects.get(depth=1)
        for _ in range(60):
            record("unit.moved", of=root, by=None)
    client = cast.signed_in("owner")
    with django_assert_max_num_queries(25):
        client.get("/audit/")


@pytest.mark.parametrize("query", ["?before=x", "?before=-1", "?after=99999999999999999999", "?before=0"])
def test_a_key_that_is_none_breaks_nothing(query: str, cast: Cast, lines: None) -> None:
    assert cast.signed_in("owner").get(f"/audit/{query}").status_code == 200


def test_an_export_is_sealed_harmless_and_itself_written_down(cast: Cast, lines: None) -> None:
    answer = cast.signed_in("owner").get("/audit/export/?form=csv&verb=member")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    verbs = [row[5] for row in rows[1:]]
    assert set(verbs) == {"member.changed", "members.exported"}
    assert all(len(row[-1]) == 64 for row in rows[1:])
    assert not [value for row in rows for value in row if value.startswith(("=", "+", "@"))]
    assert "13812341234" not in answer.content.decode()
    with context.inside(cast.jia):
        line = Entry.objects.get(verb="audit.exported")
        assert line.details == {"rows": len(rows) - 1, "form": "csv", "filters": {"verb": "member"}}


def test_an_export_for_spreadsheets_computes_nothing(cast: Cast, lines: None) -> None:
    answer = cast.signed_in("owner").get("/audit/export/?form=xlsx")
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    assert answer.content.startswith(b"PK")


def test_programs_read_the_same_lines(cast: Cast, lines: None) -> None:
    client = cast.signed_in("owner")
    said = client.get("/api/v1/audit-entries/?verb=member.changed").json()
    assert [row["words"] for row in said["results"]] == ["修改党员资料"]
    one = client.get(f"/api/v1/audit-entries/{said['results'][0]['id']}/").json()
    assert one["details"]["changed"]["phone"][1] == "138****1234"
    assert client.get("/api/v1/audit-entries/standing/").json()["fault"] == ""


def test_an_account_that_goes_leaves_its_lines(cast: Cast) -> None:
    with context.inside(cast.jia):
        user = User.objects.create_user("leaver", PASSWORD, name="离职")
        record("unit.moved", of=Unit.objects.get(depth=1), by=user)
        key = user.pk
        user.delete()
        assert Entry.objects.get(verb="unit.moved").by_id == key
    assert "离职" in text(cast.signed_in("owner"))


def test_the_moment_of_a_line_is_kept_in_utc_to_the_microsecond(cast: Cast) -> None:
    with context.inside(cast.jia):
        line = record("unit.moved", of=Unit.objects.get(depth=1), by=None)
    assert line.at.utcoffset() == timedelta(0)
    assert abs(now() - line.at) < timedelta(minutes=1)


def test_a_changed_unit_is_told_in_the_words_of_its_page(cast: Cast) -> None:
    with context.inside(cast.jia):
        unit = Unit.objects.get(name="第二党支部")
        facts = Facts(name="质检党支部", type=unit.type, region="330100")
        change(unit, facts, by=cast.user("owner"))
        entry = Entry.objects.filter(verb="unit.changed").latest("pk")
        told = {one.field: (one.before, one.after) for one in Shown(entry, named=True).changes}
    assert told["全称"] == ("第二党支部", "质检党支部")
    assert told["行政区划"][1] == "330100 杭州市"
