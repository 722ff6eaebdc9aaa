"""Made-up things for the styleguide; nothing here is read by a real page."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse

from shared import charts
from shared.components import Bulk, Column, Empty, Export, Happening, Job, Month, Node, Table
from shared.components.badges import badge
from shared.forms import CodeField, DateField
from shared.widgets import PersonPicker


@dataclass(frozen=True)
class Person:
    pk: int
    name: str
    unit: str
    joined: date | None
    hours: float
    late: bool


PEOPLE = [
    Person(i, name, f"{unit}党支部", None if i == 4 else date(2010 + i, i % 12 + 1, i + 3), 8.5 * (i % 5), i % 3 == 0)
    for i, (name, unit) in enumerate(
        (
            ("张国华", "机关第一"),
            ("李敏", "机关第一"),
            ("单雪", "技术中心"),
            ("欧阳文静", "技术中心"),
            ("王建军", "营业部联合"),
            ("仇小雨", "营业部联合"),
            ("赵一鸣", "机关第二"),
            ("曾丽", "机关第二"),
            ("区志强", "离退休"),
            ("陈晓东", "离退休"),
        ),
        start=1,
    )
]


class Narrow(forms.Form):
    q = forms.CharField(label="姓名或拼音", required=False)
    unit = forms.ChoiceField(
        label="党支部", required=False, choices=[("", "全部"), *((u, u) for u in ("机关第一党支部", "技术中心党支部"))]
    )


class Sample(forms.Form):
    name = forms.CharField(label="活动名称", max_length=30, help_text="会出现在通知里，三十字以内。")
    on = DateField(label="日期", required=False)
    kind = forms.ChoiceField(label="类型", choices=[("", "请选择"), ("meeting", "支部党员大会"), ("day", "主题党日")])
    host = forms.ChoiceField(label="主持人", required=False)
    ways = forms.MultipleChoiceField(
        label="参加方式",
        required=False,
        choices=[("here", "现场"), ("remote", "远程")],
        widget=forms.CheckboxSelectMultiple,
    )
    open_to = forms.ChoiceField(
        label="公开范围", choices=[("in", "支部内"), ("unit", "全单位")], widget=forms.RadioSelect, initial="in"
    )
    code = CodeField(label="口令", required=False)
    text = forms.CharField(label="说明", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    notify = forms.BooleanField(label="发布后通知应到人员", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        host: Any = self.fields["host"]
        host.choices = [("", ""), *((p.pk, p.name) for p in PEOPLE[:3])]
        host.widget = PersonPicker(url=reverse("styleguide_part", args=["people"]))
        host.widget.choices = host.choices


def table(request: HttpRequest) -> Table:
    narrow = Narrow(request.GET)
    narrow.is_valid()
    words, unit = narrow.cleaned_data.get("q", ""), narrow.cleaned_data.get("unit", "")
    rows = [person for person in PEOPLE if words in person.name and (not unit or person.unit == unit)]
    return Table(
        request,
        rows,
        [
            Column(name="name", label="姓名", sort="name", link=lambda row: f"#person-{row.pk}"),
            Column(name="unit", label="党支部", sort="unit"),
            Column(name="joined", label="入党日期", sort="joined", kind="date"),
            Column(name="hours", label="学时", sort="hours", kind="number"),
            Column(
                name="late",
                label="状态",
                value=lambda row: badge("逾期", "late") if row.late else badge("正常", "good"),
            ),
            Column(name="pk", label="编号", kind="number", hidden=True),
        ],
        caption="示例人员",
        sort="name",
        size=5,
        filters=narrow,
        bulk=[Bulk(name="remind", label="提醒"), Bulk(name="remove", label="移出", danger=True)],
        bulk_url=reverse("styleguide_part", args=["confirm"]),
        exports=[Export(label="Excel", url="#excel", icon="file-spreadsheet"), Export(label="CSV", url="#csv")],
        empty=Empty(title="还没有人员", text="从 Excel 导入，或逐个添加。", url="#import", label="导入"),
    )


def nodes(open_node: str = "") -> list[Node]:
    branches = [
        Node(label="机关第一党支部", url="#b1", note="22 人", current=True, keys="jgdy"),
        Node(label="技术中心党支部", url="#b2", note="31 人", keys="jszx"),
    ]
    return [
        Node(
            label="集团公司党委",
            url="#root",
            note="470 人",
            icon="building-community",
            open=True,
            children=[
                Node(label="机关党总支", url="#c1", note="53 人", open=True, children=branches),
                Node(
                    label="营业部党总支",
                    url="#c2",
                    note="88 人",
                    children_url=reverse("styleguide_part", args=["branches"]),
                    unfold_url="?open=c2#tree",
                    open=open_node == "c2",
                    children=lazy() if open_node == "c2" else [],
                ),
            ],
        )
    ]


def lazy() -> list[Node]:
    return [Node(label="营业部联合党支部", url="#b3", note="9 人"), Node(label="离退休党支部", url="#b4", note="79 人")]


def job(percent: int) -> Job:
    """A pretended import; each poll asks for the next tenth, so it survives a reload by its address alone."""
    state = "done" if percent >= 100 else "running"
    return Job(
        label="导入党员名册",
        url=f"{reverse('styleguide_part', args=['job'])}?at={percent + 10}",
        state=state,
        step="" if state == "done" else "核对身份证号",
        done=percent * 47 // 10,
        total=470,
        message="新增 431 人，更新 39 人。" if state == "done" else "",
        cancel_url=reverse("styleguide_part", args=["confirm"]),
        result_url="#result",
    )


def month(today: date) -> Month:
    first = today.replace(day=1)
    happenings = [
        Happening(on=first + timedelta(days=4), label="主题党日：走进社区", url="#h1", state="done"),
        Happening(on=first + timedelta(days=11), label="支部委员会", url="#h2", state="late"),
        Happening(on=first + timedelta(days=18), label="支部党员大会", url="#h3"),
        Happening(on=first + timedelta(days=18), label="党课：纪律教育", url="#h4"),
    ]
    return Month(first, happenings, today=today, marks={first: "示例"})


def timeline() -> list[dict[str, Any]]:
    return [
        {"on": date(2026, 3, 2), "title": "递交入党申请书", "by": "本人", "state": "milestone"},
        {"on": date(2026, 3, 20), "title": "派人谈话", "text": "一个月内派人谈话。", "by": "支部书记"},
        {"on": date(2026, 9, 20), "title": "确定为入党积极分子", "state": "late", "url": "#step"},
        {"title": "指定培养联系人", "state": "coming"},
    ]


def checklist() -> list[dict[str, Any]]:
    return [
        {"title": "核对组织树", "done": True},
        {"title": "导入党员", "done": True},
        {
            "title": "邀请支部书记",
            "text": "发一个链接，对方用手机即可开始。",
            "done": False,
            "url": "#invite",
            "action": "去邀请",
        },
        {"title": "建第一次会议", "done": False, "url": "#meeting"},
        {"title": "用自己的手机签到", "done": False},
    ]


def pictures() -> dict[str, charts.Chart]:
    months = [f"{n}月" for n in range(1, 13)]
    rate = [62, 64, 70, 68, None, 74, 79, 81, 80, 86, 91, None]
    axes = ["规律", "广度", "互动", "落实", "线上线下", "更新"]
    return {
        "bar": charts.bar(
            [("机关第一党支部", 96), ("技术中心党支部", 82), ("营业部联合党支部", 54), ("离退休党支部", None)],
            title="应办事项完成率",
            unit="%",
            target=90,
            top=100,
        ),
        "stacked": charts.stacked(
            [("机关第一党支部", [9, 2, 1]), ("技术中心党支部", [7, 1, 4]), ("营业部联合党支部", [5, 3, 0])],
            series=["按时", "补办", "未办"],
            title="本季应办事项",
            unit="项",
        ),
        "trend": charts.trend(months, {"完成率": rate}, title="完成率走势", unit="%", target=90, top=100),
        "compare": charts.trend(
            months[:6],
            {"线上准备": [12, 18, 22, 21, 30, 34], "线下活动": [8, 9, 12, 15, 14, 19]},
            title="线上线下",
            unit="次",
        ),
        "radar": charts.radar(
            list(zip(axes, [0.92, 0.71, 0.4, 0.83, 0.55, None], strict=True)),
            title="组织活力六维",
            compared=[0.8, 0.6, 0.5, 0.7, 0.45, 0.6],
            compared_name="同类单位中位数",
        ),
        "donut": charts.donut(
            [("35 岁及以下", 148), ("36–45 岁", 121), ("46–59 岁", 133), ("60 岁及以上", 68)],
            title="年龄结构",
            unit="人",
        ),
        "funnel": charts.funnel(
            [("申请人", 86), ("积极分子", 41), ("发展对象", 12), ("预备党员", 9), ("正式党员", 2)],
            title="发展党员",
            unit="人",
        ),
        "ring": charts.ring(0.78, title="学时完成"),
        "spark": charts.sparkline(rate, title="完成率走势", unit="%"),
    }
