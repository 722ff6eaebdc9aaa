"""Text into values for questions and ideas."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workspace.accounts.models import User
from workspace.organization.models import Unit
from workspace.voice.models import Topic
from workspace.voice.queries.visibility import own_unit, units_to_ask


class UnitField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable when it runs
    """A unit of the tree, indented by its depth."""

    def label_from_instance(self, obj: Any) -> str:
        return "　" * (obj.depth - 1) + str(obj)


class AskForm(forms.Form):
    kind = forms.ChoiceField(label=_("类别"), choices=Topic.Kind.choices, widget=forms.RadioSelect)
    unit = UnitField(label=_("向谁提出"), queryset=Unit.objects.none(), help_text=_("由这个党组织的书记或委员答复。"))
    title = forms.CharField(label=_("一句话说清楚"), max_length=120)
    text = forms.CharField(label=_("详细说明"), required=False, widget=forms.Textarea(attrs={"rows": 5}))
    is_private = forms.BooleanField(
        label=_("只让答复的人看到"), required=False, help_text=_("不勾选时，同一组织的党员都能看到并参与讨论。")
    )

    def __init__(self, *args: Any, by: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].queryset = units_to_ask(by)  # type: ignore[attr-defined]
        self.fields["unit"].initial = own_unit(by)


class ReplyForm(forms.Form):
    text = forms.CharField(label=_("内容"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))


class DecisionForm(forms.Form):
    reason = forms.CharField(label=_("理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class TopicFilters(forms.Form):
    q = forms.CharField(
        label=_("查找"), required=False, max_length=60, widget=forms.TextInput(attrs={"type": "search"})
    )
    kind = forms.ChoiceField(label=_("类别"), required=False, choices=[("", _("全部")), *Topic.Kind.choices])
