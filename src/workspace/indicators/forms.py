"""Text into values."""

from django import forms
from django.utils.translation import gettext_lazy as _

from workspace.indicators.values import Text

MOST_CHARACTERS = 1000


class ContestForm(forms.Form):
    """Doubt a figure: which one, and why."""

    item = forms.ChoiceField(label=_("对哪个数字有疑问"))
    text = forms.CharField(
        label=_("疑问"),
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写清楚您认为哪里不对，例如少记了哪次会议。"),
        error_messages={"required": _("请写下您的疑问。")},
    )

    def __init__(self, *args: object, items: list[tuple[str, Text]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["item"].choices = items  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("答复"),
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("说明数字怎么来的；确有差错的，写明已在哪里更正。"),
        error_messages={"required": _("请写下答复。")},
    )
