"""How far a version may go, and in which ring a workspace stands."""

from django import forms
from django.utils.translation import gettext_lazy as _

from console.forms.closings import ReasonForm
from tenants.models.tenant import Ring


class RollOutForm(ReasonForm):
    """POST. Up to which ring, and how many of a ring may fail before it stops."""

    field_order = ("through", "error_budget", "reason")
    through = forms.TypedChoiceField(
        label=_("升级到哪一环为止"), choices=Ring.choices, coerce=lambda text: Ring(int(text)), initial=Ring.OWN
    )
    error_budget = forms.FloatField(
        label=_("一环里最多允许失败的百分比"),
        min_value=0,
        max_value=100,
        initial=1,
        help_text=_("超过就停下，等人处理；失败的单位保持原来的版本，数据不受影响。"),
    )


class RingForm(ReasonForm):
    """POST. When a release reaches this workspace."""

    field_order = ("ring", "reason")
    ring = forms.TypedChoiceField(label=_("发布环"), choices=Ring.choices, coerce=lambda text: Ring(int(text)))
