"""A role's name and its permissions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shared.permissions import Duty, Permission, groups


class RoleForm(forms.Form):
    name = forms.CharField(label=_("名称"), max_length=40)
    verbs = forms.MultipleChoiceField(label=_("权限"), choices=[], widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["verbs"].choices = [(one.verb, one.label) for _app, found in offered() for one in found]  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        return " ".join(str(self.cleaned_data["name"]).split())

    @property
    def groups(self) -> list[tuple[Any, list[tuple[Permission, bool]]]]:
        """Group by group, each permission with whether it is ticked."""
        ticked = set(self["verbs"].value() or [])
        return [(label, [(one, one.verb in ticked) for one in found]) for label, found in offered()]


def offered() -> list[tuple[Any, list[Permission]]]:
    """What a role of the workspace's own may hold: party work."""
    found = [(group.label, [p for p in group.permissions if p.duty is Duty.BUSINESS]) for group in groups()]
    return [(label, some) for label, some in found if some]
