"""Who, what and where: the question of why."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shared.permissions import groups
from workspace.access import things
from workspace.access.forms import UnitField
from workspace.access.queries import may, units_where
from workspace.access.queries.people import people
from workspace.access.things import Thing
from workspace.accounts.models import User
from workspace.organization.models import Unit


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable when it runs
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}（{obj.username}）"


class WhyForm(forms.Form):
    """`thing` is what the question is about when it is not a unit: `member:12`, from that thing's own page."""

    person = PersonField(label=_("谁"), queryset=User.objects.none(), empty_label=None)
    verb = forms.ChoiceField(label=_("做什么"))
    unit = UnitField(label=_("在哪个组织"), queryset=Unit.objects.none(), empty_label=None)
    thing = forms.RegexField(r"^[a-z]+:[0-9]{1,12}$", required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, by: User, **options: Any) -> None:
        super().__init__(*args, **options)
        reviews = may(by, "access.review")
        fields: dict[str, Any] = self.fields
        fields["person"].queryset = people(visible_to=by) if reviews else User.objects.filter(pk=by.pk)
        fields["verb"].choices = [(g.label, [(one.verb, one.label) for one in g.permissions]) for g in groups()]
        fields["unit"].queryset = units_where(by, "access.review") if reviews else units_where(by, "unit.view")
        if not reviews:
            fields["person"].initial = by.pk
        if (args and args[0] and args[0].get("thing")) or self.initial.get("thing"):
            del fields["unit"]  # the thing says itself where it stands


def asked_about(form: WhyForm, reader: User) -> Thing | None:
    """The thing, else the unit, that a valid form names; None where the reader may not know of it."""
    asked = form.cleaned_data
    if asked["thing"]:
        kind, _colon, key = asked["thing"].partition(":")
        return things.find(kind, int(key), visible_to=reader)
    return Thing(str(asked["unit"]), asked["unit"])
