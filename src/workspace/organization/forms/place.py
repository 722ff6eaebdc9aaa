"""Choose the unit above."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from workspace.organization.forms.paper import DatedForm
from workspace.organization.forms.seen import SeenField
from workspace.organization.models import Unit, UnitQuerySet


class UnitChoiceField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    """Units as an indented list, so that the tree can be read from a plain select."""

    def label_from_instance(self, unit: Unit) -> str:
        return f"{'　' * (unit.depth - 1)}{unit}"


class PlaceForm(DatedForm):
    parent = UnitChoiceField(
        label=_("新的上级组织"),
        queryset=Unit.objects.none(),
        empty_label=_("请选择"),
        help_text=_("只列出可以管理这类组织、且您有权修改的上级。下级组织和党员会一起移动。"),
        error_messages={"required": _("请选择新的上级组织。"), "invalid_choice": _("请从列表中选择上级组织。")},
    )
    seen = SeenField()
    field_order = ("parent", "on", "basis_number", "basis_on", "basis_note")

    def __init__(self, *args: Any, targets: UnitQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(UnitChoiceField, self.fields["parent"]).queryset = targets
