"""Which export, of which unit, when, for whom."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workspace.access.queries import people_who, units_where
from workspace.accounts.models import User
from workspace.archives.scheduling import VERB
from workspace.archives.sources import SOURCES
from workspace.archives.terms import LAST_DAY, MONTHLY, WEEKLY, Terms
from workspace.archives.wording import EVERY
from workspace.members.models import Member
from workspace.organization.models import Unit

_CONDITIONS = (("", _("不限")), ("floating", _("流动党员")), ("lost", _("失联党员")))
_CASES = (("open", _("进行中")), ("overdue", _("有逾期")), ("all", _("全部")))


class People(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, user: User) -> str:
        return f"{user.name}（{user.username}）"


class UnitForm(forms.Form):
    """First of which unit: who can get it follows from that."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("党组织"), help_text=_("包括它的下级。"), empty_label=None
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["unit"].queryset = units_where(person, VERB).filter(closed_on__isnull=True).order_by("path")


class ScheduleForm(forms.Form):
    what = forms.ChoiceField(label=_("导出什么"), choices=[(each.name, each.label) for each in SOURCES.values()])
    category = forms.ChoiceField(
        label=_("人员类别"),
        required=False,
        choices=[("", _("不限")), ("members", _("党员（正式和预备）")), *Member.Category.choices],
        help_text=_("导出党员名册时有效。"),
    )
    condition = forms.ChoiceField(label=_("特殊情况"), required=False, choices=_CONDITIONS)
    standing = forms.ChoiceField(
        label=_("档案状态"), required=False, choices=_CASES, help_text=_("导出发展党员档案时有效。")
    )
    form = forms.ChoiceField(label=_("格式"), choices=[("xlsx", "Excel"), ("csv", "CSV")])
    whole = forms.BooleanField(
        label=_("名册包含完整的身份证号、手机号和住址"),
        required=False,
        help_text=_("超过 200 人时，要有另一位可以导出的人同意后才开始，同意一年有效。"),
    )
    every = forms.ChoiceField(label=_("多久一次"), choices=list(EVERY.items()), initial=MONTHLY)
    day = forms.IntegerField(
        label=_("哪一天"),
        min_value=1,
        max_value=31,
        initial=1,
        help_text=_("每周填 1 到 7（周一到周日）；每月、每季度第一个月填几日，31 表示最后一天。"),
    )
    people = People(User.objects.none(), label=_("发给谁"), help_text=_("到时没有权限的人不会收到。"))
    reason = forms.CharField(label=_("用途"), min_length=2, max_length=200)

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["people"].queryset = people_who("unit.view", unit)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("every") and data.get("day") and data["day"] > LAST_DAY[data["every"]]:
            said = _("每周请填 1 到 7。") if data["every"] == WEEKLY else _("请填 1 到 31。")
            self.add_error("day", said)
        if data.get("whole") and data.get("what") and not SOURCES[data["what"]].can_be_whole:
            self.add_error("whole", _("只有党员名册有完整号码。"))
        return data

    @property
    def terms(self) -> Terms:
        said = self.cleaned_data
        names = {"members": ("category", "condition"), "cases": ("standing",)}.get(said["what"], ())
        return Terms(
            form=said["form"],
            whole=said["whole"],
            query={name: said[name] for name in names if said.get(name)},
            every=said["every"],
            day=said["day"],
            people=tuple(sorted(each.pk for each in said["people"])),
            reason=said["reason"].strip(),
        )
