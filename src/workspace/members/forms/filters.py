"""What the register is narrowed to, read from the address. A wrong value narrows nothing."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from shared.codes import SEXES
from shared.widgets import LongSelect
from workspace.members.models import Member
from workspace.members.queries.ages import BANDS
from workspace.members.queries.register import EDUCATION_GROUPS, Narrowing
from workspace.organization.models import Unit, UnitQuerySet

_ANY = ("", _("全部"))
_CONDITIONS = (("floating", _("流动党员")), ("lost", _("失联党员")))
_RARE = ("sex", "age", "education", "condition")
_STANDINGS = (("", _("在册")), ("left", _("已离开")), ("all", _("全部")))


class RegisterFilters(forms.Form):
    q = forms.CharField(
        label=_("查找"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("姓名、拼音、首字母或手机尾号")}),
    )
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("党组织"), required=False, empty_label=_("全部"), widget=LongSelect
    )
    category = forms.ChoiceField(
        label=_("人员类别"),
        required=False,
        choices=[_ANY, ("members", _("党员（正式和预备）")), *Member.Category.choices],
    )
    sex = forms.ChoiceField(label=_("性别"), required=False)
    age = forms.ChoiceField(
        label=_("年龄"), required=False, choices=[_ANY, *((name, band[0]) for name, band in BANDS.items())]
    )
    education = forms.ChoiceField(label=_("学历"), required=False, choices=[_ANY, *EDUCATION_GROUPS.items()])
    condition = forms.ChoiceField(label=_("特殊情况"), required=False, choices=[_ANY, *_CONDITIONS])
    standing = forms.ChoiceField(label=_("在册"), required=False, choices=_STANDINGS)

    def __init__(self, *args: Any, units: UnitQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        sexes = [(entry.code, entry.label(get_language() or "")) for entry in SEXES if entry.code in {"1", "2"}]
        self.fields["sex"].choices = [_ANY, *sexes]  # type: ignore[attr-defined]

        if not self._asks_more():
            # The rarer questions wait behind one link, or a phone would show nothing but questions.
            for name in _RARE:
                self.fields[name].widget = forms.HiddenInput()

    def _asks_more(self) -> bool:
        return "more" in self.data or any(self.data.get(name) for name in _RARE)

    @property
    def is_short(self) -> bool:
        """Whether some questions are still behind the link."""
        return not self._asks_more()

    def narrowing(self) -> Narrowing:
        """What can be read; the rest is passed over."""
        self.is_valid()
        said = self.cleaned_data
        return Narrowing(
            words=said.get("q", ""),
            unit=said.get("unit"),
            category=said.get("category", ""),
            sex=said.get("sex", ""),
            age=said.get("age", ""),
            education=said.get("education", ""),
            floating=said.get("condition") == "floating",
            lost=said.get("condition") == "lost",
            standing=said.get("standing") or "present",
        )
