"""Who stands in, for what and how long."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shared.clock import today
from shared.forms import DateField
from shared.permissions import groups
from workspace.access.models import Grant
from workspace.access.queries.delegations import colleagues, lendable
from workspace.access.queries.offices import verbs_of_any
from workspace.accounts.models import User

# Left to whoever lends to tick: who may do what should seldom be decided by somebody standing in.
SELDOM = {"access"}


class LendableField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable when it runs
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.get_role_display()} · {obj.unit}"


class DelegationForm(forms.Form):
    held = LendableField(label=_("委托的角色"), queryset=Grant.objects.none(), empty_label=None)
    to = forms.ModelChoiceField(label=_("代理人"), queryset=User.objects.none(), empty_label=_("请选择"))
    since = DateField(label=_("开始日期"))
    until = DateField(label=_("截止日期"), help_text=_("到期自动结束，也可以随时提前结束。"))
    only = forms.MultipleChoiceField(
        label=_("委托哪些权限"),
        choices=[],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("代理人只能办理勾选的几类。"),
    )
    reason = forms.CharField(label=_("原因"), max_length=120, help_text=_("例如：外出学习、休假。"))

    def __init__(self, *args: Any, by: User, **options: Any) -> None:
        super().__init__(*args, **options)
        held = lendable(by).order_by("unit__path", "role")
        rows = list(held)
        known = User.objects.none()
        for one in rows:
            known |= colleagues(one)
        verbs = frozenset().union(*(verbs_of_any(one.role) for one in rows))
        choices = [(g.app, g.label) for g in groups() if any(p.verb in verbs for p in g.permissions)]
        fields: dict[str, Any] = self.fields
        fields["held"].queryset = held
        fields["to"].queryset = known.distinct()
        fields["only"].choices = choices
        fields["only"].initial = [app for app, _label in choices if app not in SELDOM]
        fields["since"].initial = today()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        held, to = data.get("held"), data.get("to")
        if held and to and not colleagues(held).filter(pk=to.pk).exists():
            self.add_error("to", _("这位同事不在这个组织或它的上下级，不能代理这个角色。"))
        return data
