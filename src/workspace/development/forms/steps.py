"""The form of a step: the day and the basis for all, and what this step asks beside."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rules import Node, Outcome
from shared.forms import DateField
from shared.widgets import PeoplePicker
from workspace.development.actions.balloting import BY_BALLOT, counted
from workspace.development.models.details import Details, Named
from workspace.development.queries.entitled import entitled_in, full_members_near
from workspace.development.queries.plans import Plan

APPOINTS = frozenset({"contacts", "introducers"})
_TALKS = frozenset({"talk", "talk_above"})
_DECIDED = _("如“2026年3月10日支部大会”，或文件名称和文号。")


class StepForm(forms.Form):
    """Built for one line of one plan."""

    on = DateField(label=_("办理日期"))

    def __init__(self, *args: Any, plan: Plan, node: Node, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan, self.node, self.code = plan, node, node.step.code
        for add in (self._ask_people, self._ask_notice, self._ask_training, self._ask_outcome, self._ask_ballot):
            add()
        self._ask_words()

    def _ask_people(self) -> None:
        if self.code in APPOINTS:
            label = _("培养联系人") if self.code == "contacts" else _("入党介绍人")
            self.fields["people"] = forms.ModelMultipleChoiceField(
                full_members_near(self.plan.case.unit),
                label=label,
                widget=PeoplePicker,
                help_text=_("从本支部的正式党员中选择：联系人一至两名，介绍人两名。"),
            )
        if self.code in _TALKS:
            self.fields["talker"] = forms.CharField(label=_("谈话人"), max_length=60)

    def _ask_notice(self) -> None:
        if self.code == "public_notice":
            self.fields["on"].label = _("张贴日期")
            self.fields["on"].help_text = _("张贴当天是工作日的，算第一天。")
            self.fields["place"] = forms.CharField(label=_("张贴地点"), max_length=80)
            self.fields["phone"] = forms.CharField(label=_("受理电话"), max_length=30)
        if self.code == "archive":
            self.fields["place"] = forms.CharField(label=_("档案保管处"), max_length=80)

    def _ask_training(self) -> None:
        if self.code == "training":
            self.fields["days"] = forms.IntegerField(label=_("天数"), min_value=0, max_value=60, required=False)
            self.fields["hours"] = forms.IntegerField(
                label=_("学时"),
                min_value=0,
                max_value=400,
                required=False,
                help_text=_("3天或24学时以上，填一项。"),
            )

    def _ask_outcome(self) -> None:
        if self.code == "conversion_meeting":
            choices = [
                (Outcome.PASSED.value, _("按期转正")),
                (Outcome.EXTENDED.value, _("延长预备期")),
                (Outcome.CANCELLED.value, _("取消预备党员资格")),
            ]
            if "/" in self.node.key:
                del choices[1]  # probation may be extended once
            self.fields["outcome"] = _radio(_("表决的意见"), choices)
            self.fields["months"] = forms.IntegerField(
                label=_("延长月数"),
                min_value=1,
                max_value=36,
                required=False,
                help_text=_("只能延长一次，不少于6个月、不超过12个月。"),
            )
        elif self.node.step.may_fail and self.code not in BY_BALLOT and self.code != "public_notice":
            choices = [(Outcome.PASSED.value, _("同意（合格）")), (Outcome.FAILED.value, _("不同意（不合格）"))]
            self.fields["outcome"] = _radio(_("结论"), choices)

    def _ask_ballot(self) -> None:
        if self.code not in BY_BALLOT:
            return
        counts = {
            "entitled": (
                _("应到会有表决权人数"),
                _("按名册算出：本支部正式党员，不含受留党察看处分的；预备党员没有表决权。请核对。"),
            ),
            "present": (_("实到会有表决权人数"), _("必须超过应到人数的一半，会议才能召开。")),
            "written": (_("会前书面意见"), _("因故未到会、会前正式提出书面意见的人数，计入票数、不计入到会。")),
            "yes": (_("赞成"), _("必须超过应到人数的一半才能通过。")),
            "no": (_("反对"), _("没有的填 0 或留空。")),
            "abstain": (_("弃权"), _("没有的填 0 或留空。")),
        }
        for name, (label, words) in counts.items():
            widget = forms.NumberInput(attrs={"class": "w-auto", "inputmode": "numeric"})
            self.fields[name] = forms.IntegerField(
                label=label,
                help_text=words,
                min_value=0,
                max_value=9999,
                widget=widget,
                required=name in {"entitled", "present", "yes"},
            )
        self.fields["entitled"].initial = entitled_in(self.plan.case.unit, on=self.plan.on)
        self.fields["secret"] = forms.BooleanField(
            label=_("采取无记名投票，逐个讨论、逐个表决"),
            error_messages={"required": _("发展党员必须采取无记名投票，多名对象逐个表决。")},
        )

    def _ask_words(self) -> None:
        label = _("考察意见") if self.code == "examine" else _("备注")
        needed = self.code == "examine"
        self.fields["basis"] = forms.CharField(label=_("依据"), max_length=200, required=False, help_text=_DECIDED)
        self.fields["note"] = forms.CharField(
            label=label, max_length=1000, required=needed, widget=forms.Textarea(attrs={"rows": 3})
        )

    @property
    def outcome(self) -> Outcome:
        return Outcome(self.cleaned_data.get("outcome") or Outcome.PASSED.value)

    def details(self) -> Details:
        """What was said beyond day and basis. Raises the refusals of `balloting.counted`."""
        said = self.cleaned_data
        people = [Named(member.name, member.pk) for member in said.get("people") or ()]
        if said.get("talker"):
            people = [Named(said["talker"])]
        ballot = None
        if self.code in BY_BALLOT:
            names = ("entitled", "present", "yes", "no", "abstain", "written")
            ballot = counted(**{name: said.get(name) or 0 for name in names})
        return Details(
            note=said["note"],
            people=tuple(people),
            ballot=ballot,
            months=said.get("months") if self.outcome is Outcome.EXTENDED else None,
            days=said.get("days"),
            hours=said.get("hours"),
            place=said.get("place", ""),
            phone=said.get("phone", ""),
        )

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        if on > self.plan.on:
            raise forms.ValidationError(_("日期在今天之后，请核对。"))
        return on

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("outcome") == Outcome.EXTENDED and not said.get("months"):
            self.add_error("months", _("请填写延长几个月。"))
        if self.code == "training" and not self.errors and not (said.get("days") or said.get("hours")):
            self.add_error("days", _("请填写天数或学时。"))
        return said


def _radio(label: Any, choices: list[tuple[str, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, initial=choices[0][0])
