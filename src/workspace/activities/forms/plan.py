"""What an organiser fills in to plan an activity."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from rules import EventKind
from shared.widgets import DateTimeInput, PeoplePicker
from workspace.activities.actions.planning import CHANGEABLE
from workspace.activities.models import Activity, Obligation
from workspace.members.models import Member
from workspace.organization.models import Unit

USUAL = (
    EventKind.PARTY_DAY,
    EventKind.GENERAL_MEETING,
    EventKind.COMMITTEE_MEETING,
    EventKind.GROUP_MEETING,
    EventKind.LECTURE,
    EventKind.ORGANISATION_LIFE_MEETING,
    EventKind.APPRAISAL,
    EventKind.HEART_TO_HEART,
)
_LENGTH = timedelta(minutes=90)
_HOUR = time(14, 30)
_DAYS_AHEAD = timedelta(days=3)


class PlanForm(forms.Form):
    """One activity of `unit`; `overdue` are what it may make up for."""

    title = forms.CharField(label=_("主题"), max_length=120, help_text=_("会出现在通知和日历里。"))
    kinds = forms.MultipleChoiceField(
        label=_("活动类型"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("可以多选：一次活动可以同时完成几项要求。"),
        error_messages={"required": _("请至少选择一种活动类型。")},
    )
    starts_at = forms.DateTimeField(label=_("开始时间"), widget=DateTimeInput)
    ends_at = forms.DateTimeField(label=_("结束时间"), widget=DateTimeInput)
    place = forms.CharField(label=_("地点"), max_length=120, required=False)
    online_url = forms.URLField(
        label=_("线上会议链接"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("填写后，党员可以点“线上参加”，计为线上到会。"),
    )
    host = forms.CharField(label=_("主持人"), max_length=60, required=False)
    audience = forms.ChoiceField(
        label=_("参加范围"), choices=Activity.Audience.choices, widget=forms.RadioSelect, initial="members"
    )
    chosen = forms.ModelMultipleChoiceField(
        label=_("指定人员"),
        queryset=Member.objects.none(),
        required=False,
        widget=PeoplePicker,
        help_text=_("参加范围选“指定人员”时填写；其他范围可用来加上列席的人。"),
    )
    aims = forms.MultipleChoiceField(
        label=_("补开哪些逾期事项"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("补开的活动计入所选的逾期事项，不再计入本期同一要求。"),
    )
    agenda = forms.CharField(label=_("议程"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
    preparation = forms.CharField(
        label=_("会前准备"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("请大家事先读什么、想什么。随通知发出。"),
    )

    def __init__(self, *args: Any, unit: Unit, overdue: list[Obligation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [*USUAL, *(kind for kind in EventKind if kind not in USUAL)]
        self.fields["kinds"].choices = [(kind.value, _name(kind)) for kind in kinds]  # type: ignore[attr-defined]
        people = Member.objects.present().filter(category__in=Member.MEMBERS).below(unit).order_by("pinyin", "name")
        self.fields["chosen"].queryset = people  # type: ignore[attr-defined]
        if overdue:
            self.fields["aims"].choices = [(row.key, row.label) for row in overdue]  # type: ignore[attr-defined]
        else:
            del self.fields["aims"]

    @property
    def usual_kinds(self) -> list[Any]:
        """The boxes that stand open; `other_kinds` are folded away."""
        return list(self["kinds"])[: len(USUAL)]

    @property
    def other_kinds(self) -> list[Any]:
        return list(self["kinds"])[len(USUAL) :]

    @property
    def has_other_kind(self) -> bool:
        return any(option.data["selected"] for option in self.other_kinds)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts_at, ends_at = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", _("结束时间应晚于开始时间。"))
        if cleaned.get("audience") == Activity.Audience.CHOSEN and not cleaned.get("chosen"):
            self.add_error("chosen", _("请选择参加人员。"))
        return cleaned

    def details(self) -> dict[str, Any]:
        """What `planning.plan` and `planning.change` take."""
        names = ("title", "starts_at", "ends_at", "place", "online_url", "host", "audience", "agenda", "preparation")
        found = {name: self.cleaned_data[name] for name in names}
        found["kinds"] = [kind.value for kind in EventKind if kind.value in self.cleaned_data["kinds"]]
        found["aims"] = list(self.cleaned_data.get("aims", []))
        return found


def filled_anew(*, today: date) -> dict[str, Any]:
    """First values of a plan for nothing in particular: an afternoon a few days ahead."""
    start = datetime.combine(today + _DAYS_AHEAD, _HOUR, tzinfo=timezone.get_default_timezone())
    return {"starts_at": start, "ends_at": start + _LENGTH, "audience": Activity.Audience.MEMBERS}


def filled_for(rows: list[Obligation], *, today: date) -> dict[str, Any]:
    """First values of a plan that is to meet these obligations: kinds, a title, and a day that serves them all."""
    start = datetime.combine(_day_for(rows, today), _HOUR, tzinfo=timezone.get_default_timezone())
    kinds = [next(kind for kind in EventKind if kind.value in row.kinds) for row in rows]
    return {
        "title": rows[0].label if len(rows) == 1 else "、".join(dict.fromkeys(_name(kind) for kind in kinds)),
        "kinds": [kind.value for kind in kinds],
        "starts_at": start,
        "ends_at": start + _LENGTH,
        "audience": "committee" if EventKind.COMMITTEE_MEETING in kinds else "members",
        "aims": [row.key for row in rows if row.due < today],
    }


def filled_from(activity: Activity) -> dict[str, Any]:
    """First values of a change."""
    found = {name: getattr(activity, name) for name in CHANGEABLE}
    found["chosen"] = list(activity.roll.values_list("member_id", flat=True)) if activity.audience == "chosen" else []
    return found


def _day_for(rows: list[Obligation], today: date) -> date:
    """A few days ahead; not before the period begins, and not after the due day while that is still to come."""
    first = max([today + _DAYS_AHEAD, *(row.period_start for row in rows)])
    last = min((row.due for row in rows if row.due >= today), default=first)
    return min(first, last)


def _name(kind: EventKind) -> str:
    return kind.label_en if (get_language() or "").startswith("en") else kind.label
