"""Who reads people's names in the record: on the page, for programs, in files, and by searching."""

from typing import Any

import pytest

from tenants import context
from tests.support.cast import PASSWORD, Cast, Client
from workspace.access.models import Grant, Role
from workspace.accounts.models import User
from workspace.audit.models import Entry
from workspace.audit.words import KINDS
from workspace.members.models import Member
from workspace.organization.models import Unit
from workspace.oversight import naming

BRANCH, OTHER = "第一党支部", "第二党支部"
# kind, label, what an auditor reads in its place, details
LINES: list[tuple[str, str, str, dict[str, Any]]] = [
    ("members.member", "钱多多", "钱*", {"changed": {"name": ["钱多", "钱多多"]}, "basis": "钱多多本人申请"}),
    ("development.case", "钱多多", "钱*", {"reason": "钱多多同志出国"}),
    ("transfers.transfer", "钱多多：甲支部 → 乙支部", "钱*：甲支部 → 乙支部", {"member": 7, "to": "乙支部"}),
    ("transfers.absence", "钱多多 · 外出", "钱* · 外出", {"note": "打给钱多多"}),
    ("dues.basis", "钱多多 · 12.00", "钱* · 12.00", {"monthly": "12.00"}),
    ("dues.payment", "钱多多 · 2026-03", "钱* · 2026-03", {"amount": "12.00"}),
    ("learning.studyrecord", "培训 · 钱多多", "#1", {"hours": "2"}),
    ("activities.resolution", "同意接收钱多多", "#1", {}),
    ("organization.unit", BRANCH, BRANCH, {"member": "钱多多", "post": "书记"}),
    ("organization.unit", BRANCH, BRANCH, {"changes": {"contact": ["", "钱多多"], "name": ["旧名", "新名"]}}),
    ("activities.activity", "支部大会", "支部大会", {"vote": 3, "motion": "接收钱多多"}),
    ("accounts.user", "周审计", "周审计", {"rows": 1, "filters": {"words": "钱多多"}}),
]


@pytest.fixture
def lines(cast: Cast) -> list[int]:
    """One line of each kind that told a name, of the first branch."""
    with context.inside(cast.jia):
        unit = Unit.objects.get(name=BRANCH).pk
        common = {"verb": "member.changed", "thing": "1", "unit": unit}
        return [
            Entry.objects.create(kind=kind, label=label, details=details, **common).pk
            for kind, label, _read, details in LINES
        ]


def signed_in(cast: Cast, name: str, *held: tuple[str, str]) -> Client:
    """Somebody with these roles on these organisations; an empty name is the root."""
    with context.inside(cast.jia):
        user = User.objects.create_user(name, PASSWORD, name="周审计")
        for role, unit in held:
            where = Unit.objects.get(name=unit) if unit else Unit.objects.get(depth=1)
            Grant.objects.create(user=user, role=role, unit=where)
    return cast.signed_in(name)


def everything(client: Client, lines: list[int]) -> dict[str, str]:
    """All that a reader can be handed about these lines, by door."""
    said = {
        "list": client.get("/audit/").content.decode(),
        "file": client.get("/audit/export/?form=csv").content.decode(),
        "programs": client.get("/api/v1/audit-entries/").content.decode(),
    }
    for pk in lines:
        said[f"page {pk}"] = client.get(f"/audit/{pk}/").content.decode()
        said[f"program {pk}"] = client.get(f"/api/v1/audit-entries/{pk}/").content.decode()
    return said


def test_an_auditor_reads_no_full_name_through_any_door(cast: Cast, lines: list[int]) -> None:
    client = signed_in(cast, "auditor", (Role.AUDITOR, ""))
    told = [door for door, text in everything(client, lines).items() if "钱多" in text]
    assert told == []
    by_key = {row["id"]: row for row in client.get("/api/v1/audit-entries/").json()["results"]}
    assert [by_key[pk]["label"] for pk in lines] == [read for _kind, _label, read, _details in LINES]
    assert by_key[lines[0]]["details"] == {"changed": {"name": ["钱*", "钱*"]}, "basis": "钱*本人申请"}
    assert by_key[lines[9]]["details"] == {"changes": {"contact": ["", "钱*"], "name": ["旧名", "新名"]}}


def test_who_reads_the_register_reads_the_names(cast: Cast, lines: list[int]) -> None:
    said = everything(cast.signed_in("owner"), lines)
    assert all("钱多多" in said[door] for door in ("list", "file", f"page {lines[0]}", f"program {lines[8]}"))


@pytest.mark.parametrize("typed", ["钱多多", "钱多", "接收"])
def test_an_auditor_cannot_confirm_a_name_by_searching(typed: str, cast: Cast, lines: list[int]) -> None:
    client = signed_in(cast, "auditor", (Role.AUDITOR, ""))
    assert client.get(f"/api/v1/audit-entries/?q={typed}").json()["results"] == []
    assert len(client.get("/api/v1/audit-entries/?q=支部大会").json()["results"]) == 1
    assert client.get("/api/v1/audit-entries/?q=1&kind=dues.basis").json()["results"] != []
    assert cast.signed_in("owner").get(f"/api/v1/audit-entries/?q={typed}").json()["results"] != []


def test_an_auditor_who_is_also_of_a_branch_reads_no_names_of_the_workspace(cast: Cast, lines: list[int]) -> None:
    client = signed_in(cast, "both", (Role.AUDITOR, ""), (Role.DISCIPLINE, OTHER))
    assert [door for door, text in everything(client, lines).items() if "钱多" in text] == []


def test_an_auditor_of_a_part_reads_the_names_where_the_register_is_theirs(cast: Cast, lines: list[int]) -> None:
    with context.inside(cast.jia):
        below = Unit.objects.add_child(
            Unit.objects.get(name=BRANCH), instance=Unit(name="第一党小组", type=Unit.Type.BRANCH)
        )
        line = {"verb": "member.changed", "kind": "members.member", "thing": "2", "label": "孙少少", "unit": below.pk}
        Entry.objects.create(**line)
    client = signed_in(cast, "part", (Role.AUDITOR, BRANCH), (Role.DISCIPLINE, "第一党小组"))
    page = client.get("/audit/").content.decode()
    assert "孙少少" in page
    assert "钱多多" not in page
    assert client.get("/api/v1/audit-entries/?q=孙少少").json()["results"] != []
    assert client.get("/api/v1/audit-entries/?q=钱多多").json()["results"] == []


def test_what_was_asked_in_private_is_found_by_nobody(cast: Cast) -> None:
    with context.inside(cast.jia):
        Entry.objects.create(verb="topic.asked", kind="voice.topic", thing="5", label="不公开的问题", details={})
    assert cast.signed_in("owner").get("/api/v1/audit-entries/?q=不公开").json()["results"] == []


def test_how_the_record_stands_is_for_who_looks_after_the_whole(cast: Cast) -> None:
    part = signed_in(cast, "part", (Role.AUDITOR, BRANCH))
    assert part.get("/api/v1/audit-entries/").status_code == 200
    assert part.get("/api/v1/audit-entries/standing/").status_code == 404
    whole = signed_in(cast, "auditor", (Role.AUDITOR, ""))
    assert whole.get("/api/v1/audit-entries/standing/").status_code == 200


def test_a_kind_that_nobody_has_judged_is_told_by_its_key(cast: Cast) -> None:
    line = Entry(kind="somewhere.new", thing="9", label="钱多多")
    assert naming.label_without_names(line) == "#9"
    assert set(KINDS) >= naming.AS_IT_IS
    assert Member._meta.label_lower not in naming.AS_IT_IS
