"""The import, from a file as units really send them to the register and back, through the pages."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shared.identity.citizen import SYNTHETIC_REGION, check_digit
from tenants import context
from tests.support.cast import Cast, Client
from tests.support.jobs import run_jobs
from tests.support.rosters import UNITS, Roster, roster
from workspace.members.importing import best_table, read
from workspace.members.models import Batch, Member, Row
from workspace.organization.models import Unit


@pytest.fixture
def owner(cast: Cast) -> Client:
    """The administrator of jia, whose tree has the sheet's branches."""
    with context.inside(cast.jia):
        for name in UNITS:
            Unit.objects.add_child(Unit.objects.get(depth=1), instance=Unit(name=name, type=Unit.Type.BRANCH))
    return cast.signed_in("owner")


def citizen(tail: str) -> str:
    """A number that passes every check and belongs to nobody: birth date and sequence in, check digit worked out."""
    body = SYNTHETIC_REGION + tail
    return body + check_digit(body)


def upload(client: Client, data: bytes, name: str = "党员花名册.xlsx") -> Any:
    return client.post("/members/imports/new/", {"file": SimpleUploadedFile(name, data)})


def settle(client: Client, address: str) -> Any:
    """Take the guessed columns as they are."""
    page = client.get(address)
    form = page.context["form"]
    typed = {name: field.initial or "" for name, field in form.fields.items()}
    return client.post(address, typed)


def reviewed(client: Client, sheet: Roster) -> str:
    """The address of an import that waits at its dry run."""
    columns = upload(client, sheet.data).headers["Location"]
    answer = settle(client, columns)
    assert answer.status_code == 302, answer.content.decode()
    return columns.removesuffix("columns/")


def counts(cast: Cast, address: str) -> dict[str, int]:
    with context.inside(cast.jia):
        return Batch.objects.get(pk=address.rstrip("/").rsplit("/", 1)[1]).counts


def import_it(client: Client, address: str) -> None:
    client.post(f"{address}start/")
    run_jobs()


def test_a_dirty_sheet_is_judged_fixed_imported_imported_again_and_undone(cast: Cast, owner: Client) -> None:
    sheet = roster(60)
    with context.inside(cast.jia):
        before = Member.objects.count()
    address = reviewed(owner, sheet)
    judged = counts(cast, address)
    assert judged["problem"] == sum(1 for case in sheet.cases.values() if case.errors)
    assert judged["new"] == len(sheet.clean)
    page = owner.get(f"{address}review/", follow=True).content.decode()
    assert "身份证号校验位不对" in page
    assert "同心集团第二党支布" in page

    _put_a_number_right(cast, owner, address, sheet)
    _name_the_strange_unit(cast, owner, address)
    ready = counts(cast, address)
    assert ready["new"] > judged["new"] + 1

    import_it(owner, address)
    with context.inside(cast.jia):
        assert Member.objects.count() == before + ready["new"]
        made = Member.objects.get(citizen_number=sheet.clean[0].person.citizen_number)
        assert (made.name, made.joined_on) == (sheet.clean[0].person.name, sheet.clean[0].person.joined_on)
        assert made.found_by
        assert Batch.objects.get().source is None
    result = owner.get(f"{address}result/").content.decode()
    assert f"新增 {ready['new']} 人" in result

    again = reviewed(owner, sheet)
    once_more = counts(cast, again)
    assert once_more["new"] == 0
    assert once_more["updated"] == 0

    owner.post(f"{address}undo/", {"confirmed": "yes"})
    with context.inside(cast.jia):
        assert Member.objects.count() == before
        assert Batch.objects.order_by("pk").first().state == Batch.State.UNDONE


def _put_a_number_right(cast: Cast, owner: Client, address: str, sheet: Roster) -> None:
    case = next(case for case in sheet.cases.values() if case.errors == {"bad_check_digit"})
    typed = {"field": "citizen_number", "text": case.person.citizen_number}
    answer = owner.post(f"{address}rows/{case.number}/", typed, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert f'id="row-{case.number}"' in page
    assert 'hx-swap-oob="true"' in page
    with context.inside(cast.jia):
        assert Row.objects.get(batch__state="review", number=case.number).verdict == Row.Verdict.NEW


def _name_the_strange_unit(cast: Cast, owner: Client, address: str) -> None:
    with context.inside(cast.jia):
        meant = Unit.objects.get(name=UNITS[1]).pk
    owner.post(f"{address}units/", {"text": "同心集团第二党支布", "unit": meant})
    assert "不认识的支部名称" not in owner.get(f"{address}review/", follow=True).content.decode()


def test_fixing_one_of_two_equal_numbers_frees_the_other(cast: Cast, owner: Client) -> None:
    sheet = roster(20)
    address = reviewed(owner, sheet)
    twins = [case.number for case in sheet.cases.values() if case.errors == {"duplicate_number"}]
    owner.post(f"{address}rows/{twins[1]}/", {"field": "citizen_number", "text": ""})
    with context.inside(cast.jia):
        assert Row.objects.get(number=twins[0]).verdict == Row.Verdict.NEW


def test_an_unknown_unit_is_set_up_by_who_may_change_the_tree(cast: Cast, owner: Client) -> None:
    address = reviewed(owner, roster(60))
    with context.inside(cast.jia):
        root = Unit.objects.get(depth=1).pk
    owner.post(f"{address}units/", {"text": "同心集团第二党支布", "parent": root})
    with context.inside(cast.jia):
        assert Unit.objects.filter(name="同心集团第二党支布").exists()


def test_a_doubt_is_let_in_after_a_look_and_an_error_is_not(cast: Cast, owner: Client) -> None:
    sheet = roster(60)
    address = reviewed(owner, sheet)
    doubtful = next(case.number for case in sheet.cases.values() if case.errors == {"sex_conflict"})
    wrong = next(case.number for case in sheet.cases.values() if case.errors == {"bad_check_digit"})
    owner.post(f"{address}rows/{doubtful}/", {"accept": "sex_conflict"})
    owner.post(f"{address}rows/{wrong}/", {"accept": "bad_check_digit"})
    with context.inside(cast.jia):
        assert Row.objects.get(number=doubtful).verdict == Row.Verdict.NEW
        assert Row.objects.get(number=wrong).verdict == Row.Verdict.PROBLEM


def test_the_error_workbook_holds_the_bad_rows_and_can_be_sent_in_again(cast: Cast, owner: Client) -> None:
    sheet = roster(30)
    address = reviewed(owner, sheet)
    book = owner.get(f"{address}errors/")
    assert book.headers["Content-Disposition"].startswith("attachment")
    table = best_table(read(book.content))
    assert len(table.rows) == counts(cast, address)["problem"]
    assert table.labels[0] == "问题说明"
    assert upload(owner, book.content).status_code == 302


def test_the_template_holds_this_workspaces_branches(cast: Cast, owner: Client) -> None:
    book = read(owner.get("/members/imports/template/").content)
    assert best_table_labels(book)[:2] == ("姓名", "性别")
    units = {cell for sheet in book.sheets for row in sheet.rows for cell in row}
    assert UNITS[0] in units


def best_table_labels(book: Any) -> tuple[str, ...]:
    return tuple(str(cell) for cell in book.sheets[0].rows[0])


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"%PDF-1.7 rubbish", "PDF"), (b"PK\x03\x04broken", "打不开"), (b"a,b\r\n1,2\r\n", "没有找到表头")],
)
def test_a_file_that_is_no_roster_is_refused_in_words(owner: Client, data: bytes, said: str) -> None:
    answer = upload(owner, data)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_missing_unit_column_is_asked_for_and_a_default_serves(cast: Cast, owner: Client) -> None:
    text = f"姓名,公民身份号码,人员类别,入党日期\r\n王一一,{citizen('19900101001')},正式党员,2015-07-01\r\n"
    columns = upload(owner, text.encode(), "少一列.csv").headers["Location"]
    form = owner.get(columns).context["form"]
    typed = {name: field.initial or "" for name, field in form.fields.items()}
    refused = owner.post(columns, typed)
    assert "所在党支部" in refused.content.decode()
    with context.inside(cast.jia):
        unit = Unit.objects.get(name="第一党支部").pk
    assert owner.post(columns, typed | {"default_unit": unit}).status_code == 302


def test_undo_refuses_what_was_touched_since_and_then_keeps_it(cast: Cast, owner: Client) -> None:
    sheet = roster(12, messy=False)
    address = reviewed(owner, sheet)
    import_it(owner, address)
    with context.inside(cast.jia):
        touched = Member.objects.get(citizen_number=sheet.clean[0].person.citizen_number)
        touched.phone = "13900001111"
        touched.save()
    page = owner.get(f"{address}result/").content.decode()
    assert "导入后资料又被修改过" in page
    assert owner.post(f"{address}undo/", {"confirmed": "yes"}).status_code == 409
    owner.post(f"{address}undo/", {"confirmed": "yes", "keep": "yes"})
    with context.inside(cast.jia):
        left = Member.objects.filter(citizen_number__in=[case.person.citizen_number for case in sheet.clean])
        assert [member.pk for member in left] == [touched.pk]


def test_an_update_keeps_what_was_and_undo_brings_it_back(cast: Cast, owner: Client) -> None:
    sheet = roster(3, messy=False)
    case = sheet.clean[0]
    with context.inside(cast.jia):
        known = Member.objects.create(
            unit=Unit.objects.get(name=UNITS[0]),
            name=case.person.name,
            citizen_number=case.person.citizen_number,
            job="旧岗位",
            phone="13800000000",
        )
    address = reviewed(owner, sheet)
    assert counts(cast, address)["updated"] == 1
    import_it(owner, address)
    with context.inside(cast.jia):
        assert Member.objects.get(pk=known.pk).job == case.person.job
    owner.post(f"{address}undo/", {"confirmed": "yes"})
    with context.inside(cast.jia):
        restored = Member.objects.get(pk=known.pk)
        assert (restored.job, restored.phone) == ("旧岗位", "13800000000")


def test_a_killed_worker_goes_on_where_it_stopped(cast: Cast, owner: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workspace.members.actions.imports.running.ROWS_AT_ONCE", 5)
    address = reviewed(owner, roster(12, messy=False))
    owner.post(f"{address}start/")
    run_jobs(limit=1)
    bar = owner.get(f"{address}progress/", headers={"HX-Request": "true"}).content.decode()
    assert "5 / 12" in bar
    with context.inside(cast.jia):
        from workspace.members.tasks import import_batch

        # The same job again, as after a crash: nothing comes in twice.
        import_batch(Batch.objects.get().pk)
    run_jobs()
    with context.inside(cast.jia):
        batch = Batch.objects.get()
        assert (batch.state, batch.done) == (Batch.State.DONE, 12)
        assert Member.objects.filter(import_rows__batch=batch).count() == 12


def test_a_secretary_imports_into_their_own_branch_only(cast: Cast, owner: Client) -> None:
    with context.inside(cast.jia):
        elsewhere = Member.objects.create(
            unit=Unit.objects.get(name="第二党支部"), name="赵别处", citizen_number=citizen("19800101001")
        )
    secretary = cast.signed_in("secretary")
    rows = [
        "姓名,公民身份号码,人员类别,入党日期,所在党支部",
        f"钱本部,{citizen('19900101001')},正式党员,2015-07-01,第一党支部",
        f"孙外部,{citizen('19900102001')},正式党员,2015-07-01,第二党支部",
        f"赵别处,{elsewhere.citizen_number},正式党员,2015-07-01,第一党支部",
    ]
    columns = upload(secretary, "\r\n".join(rows).encode(), "本支部.csv").headers["Location"]
    settle(secretary, columns)
    page = secretary.get(columns.replace("columns", "review"), follow=True).content.decode()
    assert counts(cast, columns.removesuffix("columns/")) | {"warned": 0} == {
        "new": 1,
        "updated": 0,
        "unchanged": 0,
        "problem": 2,
        "total": 3,
        "warned": 0,
    }
    assert "请联系单位管理员核对" in page


def test_a_strangers_and_another_workspaces_import_is_not_there(cast: Cast, owner: Client) -> None:
    address = reviewed(owner, roster(5, messy=False))
    pages = ("", "columns/", "review/", "errors/", "progress/", "result/")
    for page in pages:
        assert cast.signed_in("secretary").get(address + page).status_code == 404
        assert cast.signed_in("owner", at="yan").get(address + page).status_code == 404
        assert cast.signed_in("member").get(address + page).status_code == 403
    for act in ("start/", "drop/", "undo/", "rows/4/", "units/"):
        assert cast.signed_in("owner", at="yan").post(address + act).status_code == 404


def test_a_given_up_import_leaves_no_rows_and_no_file(cast: Cast, owner: Client) -> None:
    address = reviewed(owner, roster(5, messy=False))
    owner.post(f"{address}drop/")
    with context.inside(cast.jia):
        assert Row.objects.count() == 0
        assert Batch.objects.get().source is None
    assert "已放弃" in owner.get("/members/imports/").content.decode()


def test_what_is_in_the_register_is_not_kept_twice(cast: Cast, owner: Client) -> None:
    sheet = roster(6, messy=False)
    address = reviewed(owner, sheet)
    import_it(owner, address)
    with context.inside(cast.jia):
        stored = io.StringIO()
        stored.write(str(list(Row.objects.values())))
        assert sheet.clean[0].person.citizen_number not in stored.getvalue()


def test_judging_and_importing_ask_as_many_queries_for_forty_rows_as_for_ten(cast: Cast, owner: Client) -> None:
    asked = []
    for count in (10, 40):
        columns = upload(owner, roster(count, seed=count, messy=False).data).headers["Location"]
        form = owner.get(columns).context["form"]
        typed = {name: field.initial or "" for name, field in form.fields.items()}
        with CaptureQueriesContext(connection) as judged:
            owner.post(columns, typed)
        owner.post(columns.replace("columns", "start"))
        with CaptureQueriesContext(connection) as imported:
            run_jobs()
        asked.append((len(judged), len(imported)))
    assert asked[0] == asked[1]
    assert max(asked[0]) <= 45


def test_a_long_file_is_judged_by_the_worker_and_comes_out_the_same(
    cast: Cast, owner: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = roster(60)
    at_once = reviewed(owner, sheet)
    monkeypatch.setattr("workspace.members.actions.imports.opening.JUDGED_AT_ONCE", 10)
    monkeypatch.setattr("workspace.members.actions.imports.rehearsing.ROWS_AT_ONCE", 7)
    long = reviewed(owner, sheet)
    assert owner.get(f"{long}review/").headers["Location"].endswith("/progress/")
    run_jobs(limit=1)
    bar = owner.get(f"{long}progress/", headers={"HX-Request": "true"}).content.decode()
    assert "试算" in bar and "7 / " in bar
    refused = owner.post(f"{long}start/")
    assert refused.status_code == 409 and "还在试算" in refused.content.decode()

    run_jobs()
    done = owner.get(f"{long}progress/", headers={"HX-Request": "true"}).content.decode()
    assert f"{long}review/" in done
    with context.inside(cast.jia):
        first, second = (
            list(Row.objects.filter(batch=pk).order_by("number").values("number", "verdict", "values", "problems"))
            for pk in (int(address.rstrip("/").rsplit("/", 1)[1]) for address in (at_once, long))
        )
        assert len(first) >= 60
        assert second == first
    assert counts(cast, long) == counts(cast, at_once)
    import_it(owner, long)
    with context.inside(cast.jia):
        assert Batch.objects.latest("pk").state == Batch.State.DONE


def test_a_long_file_can_be_given_up_or_mapped_anew_while_it_is_judged(
    cast: Cast, owner: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workspace.members.actions.imports.opening.JUDGED_AT_ONCE", 5)
    monkeypatch.setattr("workspace.members.actions.imports.rehearsing.ROWS_AT_ONCE", 5)
    address = reviewed(owner, roster(12, messy=False))
    run_jobs(limit=1)
    assert settle(owner, f"{address}columns/").status_code == 302
    run_jobs()
    with context.inside(cast.jia):
        batch = Batch.objects.latest("pk")
        assert (batch.state, batch.counts["new"], batch.done) == (Batch.State.REVIEW, 12, 12)
    again = reviewed(owner, roster(12, messy=False))
    run_jobs(limit=1)
    owner.post(f"{again}drop/")
    run_jobs()
    with context.inside(cast.jia):
        batch = Batch.objects.latest("pk")
        assert (batch.state, batch.rows.count()) == (Batch.State.DROPPED, 0)
