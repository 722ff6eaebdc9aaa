"""Narrow the list of workspaces, and change the state of one."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from console.forms.choices import offer
from console.models import Stage, Step
from console.queries import rollout
from shared.codes.regions import PROVINCES
from tenants.models import Tenant
from tenants.models.tenant import UnitType

ANY = ("", _("全部"))


class WorkspaceFilter(forms.Form):
    """GET. A value that is none of ours narrows nothing."""

    q = forms.CharField(label=_("名称、网址或信用代码"), required=False, max_length=120)
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[ANY, *Tenant.State.choices])
    kind = forms.ChoiceField(label=_("类型"), required=False, choices=[ANY, *UnitType.choices])
    region = forms.ChoiceField(label=_("地区"), required=False)
    step = forms.ChoiceField(label=_("使用程度"), required=False, choices=[ANY, *Step.choices])
    stage = forms.ChoiceField(label=_("进度"), required=False, choices=[ANY, *Stage.choices[1:]])
    wave = forms.ChoiceField(label=_("批次"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "region", [ANY, *PROVINCES.choices(get_language() or "zh-hans")])
        offer(self, "wave", [ANY, *((name, name) for name in rollout.wave_names())])

    def wanted(self) -> dict[str, Any]:
        """What is well formed of what was asked."""
        self.is_valid()
        return self.cleaned_data


class MoveForm(forms.Form):
    """POST. Why a workspace's state changes; everyone who reads its history sees it."""

    reason = forms.CharField(
        label=_("原因"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写进这个单位的状态记录和运营记录，不能修改。"),
    )
    confirmed = forms.CharField(label=_("确认"), max_length=32)

    def __init__(self, *args: Any, slug: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.slug = slug
        self.fields["confirmed"].label = _("请输入网址“{slug}”以确认").format(slug=slug)
        self.fields["confirmed"].widget.attrs["autocomplete"] = "off"

    def clean_confirmed(self) -> str:
        typed: str = self.cleaned_data["confirmed"].strip()
        if typed != self.slug:
            raise forms.ValidationError(_("与网址不一致，请照原样输入。"), code="mismatch")
        return typed
