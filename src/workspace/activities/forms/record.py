"""What is filled in during and after an activity."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from rules.ballots import Ballot, ImpossibleCount, VoteKind
from shared.forms import CodeField, DateField
from shared.widgets import PersonPicker
from workspace.members.models import Member


class ReasonForm(forms.Form):
    """One reason, asked in the words of the page."""

    reason = forms.CharField(max_length=200, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, label: str = "", help_text: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label or _("原因")
        self.fields["reason"].help_text = help_text


class SpokenCodeForm(forms.Form):
    code = CodeField(label=_("六位口令"), help_text=_("看大屏幕，或听主持人报。"))


class MinutesForm(forms.Form):
    text = forms.CharField(label=_("会议记录"), widget=forms.Textarea(attrs={"rows": 16}))


class ReportForm(forms.Form):
    report = forms.CharField(
        label=_("小结"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("一两句话：开得怎样，下次注意什么。可以不填。"),
    )


class ResolutionForm(forms.Form):
    text = forms.CharField(label=_("决议事项"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    owner = forms.ModelChoiceField(
        label=_("责任人"), queryset=Member.objects.none(), required=False, widget=PersonPicker
    )
    due = DateField(label=_("完成时限"), required=False)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people  # type: ignore[attr-defined]


class DoneForm(forms.Form):
    note = forms.CharField(
        label=_("办理情况"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("做了什么，结果怎样。"),
    )


class RemarkForm(forms.Form):
    text = forms.CharField(
        label=_("会后想说的话"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("自愿填写，本活动的参加者和组织者可以看到。"),
    )


class VoteForm(forms.Form):
    """Counts of one vote; the verdict is the rules' affair."""

    motion = forms.CharField(label=_("表决事项"), max_length=200)
    kind = forms.ChoiceField(label=_("表决类型"), widget=forms.RadioSelect, initial=VoteKind.ORDINARY.value)
    entitled = forms.IntegerField(
        label=_("应到会有表决权人数"),
        min_value=1,
        max_value=9999,
        help_text=_("正式党员人数，减去受留党察看处分的；预备党员没有表决权。"),
    )
    present = forms.IntegerField(label=_("实到会有表决权人数"), min_value=0, max_value=9999)
    written = forms.IntegerField(
        label=_("会前书面意见"),
        min_value=0,
        max_value=9999,
        required=False,
        initial=0,
        help_text=_("只用于发展党员表决：因故未到会、会前正式向支部提出书面意见的人数。"),
    )
    yes = forms.IntegerField(label=_("赞成"), min_value=0, max_value=9999)
    no = forms.IntegerField(label=_("反对"), min_value=0, max_value=9999, initial=0)
    abstain = forms.IntegerField(label=_("弃权"), min_value=0, max_value=9999, initial=0)
    is_secret = forms.BooleanField(label=_("无记名投票"), required=False, help_text=_("发展党员表决和选举一律无记名。"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.value, _name(kind)) for kind in VoteKind]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            try:
                self.ballot().may_open(VoteKind(cleaned["kind"]))
            except ImpossibleCount:
                self.add_error(
                    None,
                    _(
                        "票数有误：到会和书面意见之和不能超过应到会有表决权的人数；赞成、反对、弃权之和不能超过到会和书面意见之和；书面意见只用于发展党员表决。"
                    ),
                )
        return cleaned

    def ballot(self) -> Ballot:
        """The counts as the rules know them; raises ImpossibleCount."""
        given = self.cleaned_data
        return Ballot(
            entitled=given["entitled"],
            present=given["present"],
            yes=given["yes"],
            no=given["no"],
            abstain=given["abstain"],
            written=given.get("written") or 0,
        )


def _name(kind: VoteKind) -> str:
    return kind.label_en if (get_language() or "").startswith("en") else kind.label
