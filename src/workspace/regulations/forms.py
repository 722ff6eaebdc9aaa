"""What a reader of the rules may ask for; text into values."""

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from rules.rule import Tier, Verification
from shared.clock import today
from shared.forms import DateField
from workspace.regulations import queries
from workspace.regulations.reading import is_english, label_of

_EVERYTHING = ("", _("全部"))


def _said(word: Tier | Verification) -> Any:
    """A label of the rules package in the language of whoever reads it."""
    return lazy(lambda: word.label_en if is_english() else word.label, str)()


class RuleFilters(forms.Form):
    q = forms.CharField(
        label=_("条文、文件或关键词"), required=False, max_length=60, widget=forms.TextInput(attrs={"type": "search"})
    )
    on = DateField(label=_("哪一天的规则"), required=False)
    standing = forms.ChoiceField(
        label=_("效力"),
        required=False,
        choices=[
            ("", _("当日有效")),
            (queries.Standing.FUTURE, _("将要生效")),
            (queries.Standing.PAST, _("已经失效")),
            (queries.ANY, _("全部版本")),
        ],
    )
    document = forms.ChoiceField(label=_("文件"), required=False)
    tier = forms.ChoiceField(
        label=_("性质"), required=False, choices=[_EVERYTHING, *((one.value, _said(one)) for one in Tier)]
    )
    mark = forms.ChoiceField(
        label=_("核实等级"),
        required=False,
        choices=[_EVERYTHING, *((one.value, _said(one)) for one in Verification)],
    )
    use = forms.ChoiceField(label=_("用在哪里"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        titles = [(title, title) for title in queries.documents()]
        used = [(use.label_en, label_of(use)) for use in queries.uses()]
        self.fields["document"].choices = [_EVERYTHING, *titles]  # type: ignore[attr-defined]
        self.fields["use"].choices = [_EVERYTHING, *used, (queries.NOTHING, _("尚未用到"))]  # type: ignore[attr-defined]

    @property
    def wanted(self) -> queries.Wanted:
        """What is asked for; a field that says nothing sensible counts as left empty, and its error is shown."""
        self.is_valid()
        said = self.cleaned_data
        return queries.Wanted(
            on=said.get("on") or today(),
            standing=said.get("standing") or queries.Standing.IN_FORCE,
            words=said.get("q", ""),
            document=said.get("document", ""),
            tier=said.get("tier", ""),
            mark=said.get("mark", ""),
            use=said.get("use", ""),
        )
