"""The register of units out of the system, changed in a sheet, and back: rehearsed, done, taken back."""

import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tenants import context
from tests.support.cast import Cast
from tests.support.sheets import xlsx
from workspace.organization.models import Unit

HEADING = ["编码", "全称", "简称", "组织类别", "上级党组织", "成立日期", "联系人", "联系电话"]


@pytest.fixture
def path(cast: Cast) -> str:
    with context.inside(cast.jia):
        return f"/organization/units/{Unit.objects.get(depth=1).pk}/children/listing/"


def send(cast: Cast, path: str, data: bytes, who: str = "owner", name: str = "units.xlsx") -> Any:
    return cast.signed_in(who).post(path, {"file": SimpleUploadedFile(name, data)})


def confirm(cast: Cast, path: str, shown: Any, **more: str) -> Any:
    form = shown.context["form"]
    sent = {"text": form["text"].value(), "shown": shown.context["shown"], "act": "set_up", **more}
    return cast.signed_in("owner").post(path, sent, follow=True)


def tree(cast: Cast) -> list[tuple[Any, ...]]:
    with context.inside(cast.jia):
        return list(
            Unit.objects.open().values_list("path", "name", "short_name", "code", "type", "established_on", "contact")
        )


def names(cast: Cast) -> dict[str, Unit]:
    with context.inside(cast.jia):
        return {unit.name: unit for unit in Unit.objects.open()}


def exported(cast: Cast) -> list[list[Any]]:
    data = cast.signed_in("owner").get("/organization/units.xlsx").content
    return [list(row) for row in openpyxl.load_workbook(io.BytesIO(data)).active.values]


def test_an_export_sent_back_unchanged_changes_nothing(cast, path):
    shown = send(cast, path, xlsx(*exported(cast)))
    assert shown.context["counted"]["there"] == len(tree(cast))
    assert shown.context["acts"] == 0
    assert "没有可以写入的行" in shown.content.decode()


def test_an_export_that_was_changed_is_rehearsed_and_done(cast, path):
    before = tree(cast)
    rows = exported(cast)
    heading = rows[0]
    name, code, contact = heading.index("全称"), heading.index("编码"), heading.index("联系人")
    second = next(row for row in rows if row[name] == "第二党支部")
    second[code], second[contact] = "0009", "王芳"
    new = [None] * len(heading)
    new[name], new[heading.index("上级党组织")] = "检验党支部", rows[1][name]
    new[heading.index("成立日期")] = "2020年7月1日"

    shown = send(cast, path, xlsx(["某单位党组织名册"], *rows, new))
    assert {key: shown.context["counted"][key] for key in ("new", "changed", "problem")} == {
        "new": 1,
        "changed": 1,
        "problem": 0,
    }
    assert "空 → <strong>王芳</strong>" in shown.content.decode()
    assert tree(cast) == before, "a rehearsal leaves nothing"

    done = confirm(cast, path, shown)
    assert "已设立 1 个组织，修改 1 个。" in done.content.decode()
    there = names(cast)
    assert (there["第二党支部"].code, there["第二党支部"].contact) == ("0009", "王芳")
    assert there["检验党支部"].established_on.isoformat() == "2020-07-01"


def test_a_list_is_taken_back_by_who_sent_it(cast, path):
    before = tree(cast)
    owner = cast.signed_in("owner")
    rows = [["0007", "第二党支部", "二支部", "", "", "", "李明", ""], ["", "检验党支部", "", "", "", "", "", ""]]
    shown = owner.post(path, {"file": SimpleUploadedFile("u.xlsx", xlsx(HEADING, *rows))})
    done = owner.post(
        path,
        {"text": shown.context["form"]["text"].value(), "shown": shown.context["shown"], "act": "set_up"},
        follow=True,
    )
    assert "上一份名单" in done.content.decode()
    back = owner.post(f"{path}undoing/", follow=True)
    assert "已全部撤回" in back.content.decode()
    assert tree(cast) == before
    assert "没有可以撤回的名单" in owner.post(f"{path}undoing/", follow=True).content.decode()


def test_what_somebody_worked_with_meanwhile_stays_when_a_list_is_taken_back(cast, path):
    owner = cast.signed_in("owner")
    text = "全称\t联系人\n第二党支部\t李明\n检验党支部\t\n"
    owner.post(path, {"text": text, "act": "set_up"})
    with context.inside(cast.jia):
        made, changed = Unit.objects.get(name="检验党支部"), Unit.objects.get(name="第二党支部")
        Unit.objects.add_child(made, instance=Unit(name="一组", type="group"))
        changed.contact_phone = "057112345678"
        changed.save(update_fields=["contact_phone"])
    said = owner.post(f"{path}undoing/", follow=True).content.decode()
    assert "检验党支部没有撤回" in said and "第二党支部没有撤回" in said
    there = names(cast)
    assert "检验党支部" in there and there["第二党支部"].contact == "李明"


def test_a_tree_that_changed_after_the_rehearsal_is_shown_again_and_nothing_is_done(cast, path):
    shown = send(cast, path, xlsx(HEADING, ["", "第二党支部", "", "", "", "", "李明", ""]))
    with context.inside(cast.jia):
        Unit.objects.filter(name="第二党支部").update(contact="赵云")
    again = confirm(cast, path, shown)
    assert again.status_code == 422
    assert "试算之后组织树有了变化" in again.content.decode()
    assert "赵云 → <strong>李明</strong>" in again.content.decode()
    assert names(cast)["第二党支部"].contact == "赵云"


def test_a_code_finds_a_unit_that_is_called_otherwise_now(cast, path):
    with context.inside(cast.jia):
        Unit.objects.filter(name="第二党支部").update(code="002")
    confirm(cast, path, send(cast, path, xlsx(HEADING, ["００２", "门诊党支部"] + [""] * 6)))
    there = names(cast)
    assert there["门诊党支部"].code == "002" and "第二党支部" not in there


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (["", "甲党支部", "", "", "没有的党委", "", "", ""], "找不到上级“没有的党委”"),
        (["", "甲党支部", "", "不明类别", "", "", "", ""], "不认识的组织类别“不明类别”"),
        (["", "甲党支部", "", "", "", "去年", "", ""], "看不懂日期“去年”"),
        (["", "甲党支部", "", "", "", "2020年7月", "", ""], "没有写到日"),
        (["", "甲" * 130, "", "", "", "", "", ""], "全称太长"),
        (["", "甲党支部", "", "", "", "", "", "1" * 30], "联系电话太长"),
        (["", "甲党委", "", "党委", "第一党支部", "", "", ""], "下面不能设党委"),
        (["", "甲党支部", "", "", "甲党支部", "", "", ""], "找不到上级“甲党支部”"),
    ],
)
def test_a_line_that_cannot_be_is_said_with_its_reason_and_given_back(cast, path, row, reason):
    before = tree(cast)
    shown = send(cast, path, xlsx(HEADING, row))
    assert reason in shown.content.decode()
    back = cast.signed_in("owner").post(path, {"text": shown.context["form"]["text"].value(), "act": "return"})
    (heading, line) = list(openpyxl.load_workbook(io.BytesIO(back.content)).active.values)
    assert heading[-1] == "原因" and reason in line[-1]
    assert line[heading.index("全称")] == row[1]
    assert tree(cast) == before


def test_units_above_one_another_in_a_circle_are_refused(cast, path):
    shown = send(
        cast,
        path,
        xlsx(HEADING, ["", "甲党总支", "", "", "乙党总支"] + [""] * 3, ["", "乙党总支", "", "", "甲党总支"] + [""] * 3),
    )
    assert shown.context["counted"]["problem"] == 2


def test_a_unit_is_not_moved_by_a_list(cast, path):
    shown = send(cast, path, xlsx(HEADING, ["", "东区党总支", "", "", "", "", "", ""]))
    confirm(cast, path, shown)
    with context.inside(cast.jia):
        Unit.objects.filter(name="第二党支部").update(code="002")
    shown = send(cast, path, xlsx(HEADING, ["002", "第二党支部", "", "", "东区党总支", "", "", ""]))
    assert "名单不改变上级" in shown.content.decode()
    assert shown.context["acts"] == 0


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7", "这不是电子表格"),
        (b"", "这个文件是空的"),
        (b"PK\x03\x04broken", "可能已损坏"),
        (xlsx(["姓名", "年龄"], ["王芳", 30]), "没有读到组织名称"),
        (xlsx(HEADING, *[["", f"第{n}党支部"] + [""] * 6 for n in range(3_000)]), "一次最多 500 行"),
    ],
)
def test_a_file_that_is_no_list_is_refused_by_what_it_is(cast, path, data, reason):
    before = tree(cast)
    shown = send(cast, path, data)
    assert shown.status_code == 422
    assert reason in shown.content.decode()
    assert tree(cast) == before


def test_units_that_are_closed_in_the_file_are_left_out(cast, path):
    rows = [[*HEADING, "撤销日期"], ["", "旧党支部", "", "", "", "", "", "", "2019-01-01"]]
    assert "只有已撤销的组织" in send(cast, path, xlsx(*rows)).content.decode()


def test_a_formula_in_a_cell_stays_a_text(cast, path):
    shown = send(cast, path, xlsx(HEADING, ["", "检验党支部", "", "", "", "", "'=1+1", ""]))
    confirm(cast, path, shown)
    assert names(cast)["检验党支部"].contact == "=1+1"


def test_a_secretary_sets_up_nothing_beside_the_branch(cast, path):
    assert send(cast, path, xlsx(HEADING, ["", "甲党支部"] + [""] * 6), who="secretary").status_code == 404
    assert cast.signed_in("secretary").post(f"{path}undoing/").status_code == 404
    assert cast.signed_in("secretary").get(f"{path}template.xlsx").status_code == 404


def test_the_template_is_read_back(cast, path):
    data = cast.signed_in("owner").get(f"{path}template.xlsx").content
    assert "没有读到组织名称" in send(cast, path, data).content.decode()


def test_the_api_rehearses_does_and_takes_back(cast, path, django_assert_max_num_queries):
    before = tree(cast)
    owner = cast.signed_in("owner")
    pk = path.split("/")[3]
    lines = [{"name": "第二党支部", "contact": "李明"}, {"name": "检验党支部", "established_on": "2020.7.1"}]

    def ask(what: str, **sent: Any) -> Any:
        return owner.post(f"/api/v1/units/{pk}/{what}/", sent, content_type="application/json")

    shown = ask("listing", lines=lines, preview=True).json()
    assert [each["verdict"] for each in shown["outcomes"]] == ["changed", "new"]
    assert tree(cast) == before
    stale = ask("listing", lines=lines, shown="0" * 16)
    assert stale.status_code == 409 and tree(cast) == before
    done = ask("listing", lines=lines, shown=shown["shown"]).json()
    assert "检验党支部" in names(cast)
    assert ask("unlisting", undo="nonsense").status_code == 400
    assert ask("unlisting", undo=done["undo"]).json() == []
    assert tree(cast) == before


def test_five_hundred_lines_that_change_nothing_ask_for_the_tree_once(cast, path, django_assert_max_num_queries):
    rows = "\n".join(["全称\t编码", *["第二党支部\t" for _ in range(400)]])
    owner = cast.signed_in("owner")
    owner.get("/")
    with django_assert_max_num_queries(30):
        assert owner.post(path, {"text": rows}).context["counted"]["there"] == 400


def test_every_official_column_goes_out_and_comes_back(cast, path):
    official = [
        "编码",
        "全称",
        "简称",
        "组织类别",
        "成立日期",
        "书记",
        "联系人",
        "联系电话",
        "所在单位情况",
        "行政区划",
        "显示排序",
    ]
    heading = exported(cast)[0]
    assert [word for word in heading if word in official] == official

    sheet = ["全称", "所在单位情况", "行政区划", "显示排序"]
    rows = [
        ["乙党支部", "", "", 2],
        ["甲党支部", "", "杭州市", 1],
        ["第二党支部", "与上级党组织相同", "330106", ""],
    ]
    shown = send(cast, path, xlsx(sheet, *rows))
    assert "空 → <strong>与上级党组织相同</strong>" in shown.content.decode()
    assert "空 → <strong>330106 杭州市</strong>" in shown.content.decode()
    confirm(cast, path, shown)
    there = names(cast)
    assert (there["第二党支部"].situation, there["第二党支部"].region) == ("as_above", "330106")
    assert there["甲党支部"].region == "330100"
    assert there["甲党支部"].path < there["乙党支部"].path, "new units stand in the order of their numbers"

    back = {row[heading.index("全称")]: row for row in exported(cast)}
    said = [back["第二党支部"][heading.index(name)] for name in ("所在单位情况", "行政区划")]
    assert said == ["与上级党组织相同", "330106"]
    first, second = (back[name][heading.index("显示排序")] for name in ("甲党支部", "乙党支部"))
    assert second == first + 1
    assert (
        "330106 杭州市"
        in cast.signed_in("owner").get(f"/organization/units/{there['第二党支部'].pk}/").content.decode()
    )


def test_an_unknown_place_or_situation_is_a_problem_of_its_line_alone(cast, path):
    sheet = ["全称", "所在单位情况", "行政区划"]
    shown = send(
        cast,
        path,
        xlsx(sheet, ["甲党支部", "租的房子", ""], ["乙党支部", "", "亚特兰蒂斯"], ["丙党支部", "法人单位", "浙江"]),
    )
    text = shown.content.decode()
    assert "不认识的所在单位情况“租的房子”" in text and "没有找到行政区划“亚特兰蒂斯”" in text
    assert (shown.context["counted"]["new"], shown.context["counted"]["problem"]) == (1, 2)
