"""Fields that several forms of this app share."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from rules.rulebook import rulebook
from workspace.transfers.models.letterhead import MOST, Letterhead

_HEAD: dict[str, tuple[Any, Any]] = {
    "addressee": (_("抬头（对方党组织）"), _("介绍信写给谁，例如“××区××街道党工委”。留空时为转往的党组织。")),
    "address": (_("通讯地址"), _("本单位党组织的地址，供对方寄回回执。")),
    "phone": (_("联系电话"), ""),
    "fax": (_("传真"), ""),
    "postcode": (_("邮编"), ""),
    "note": (_("备注"), _("打印在介绍信上，可以不填。")),
}


class UnitField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable when it runs
    """A unit by its full name: people choose between 第一党支部 of different committees."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class PersonField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # not subscriptable when it runs
    """People by name, and by branch where they are not all of one."""

    of_one_branch = False

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name) if self.of_one_branch else f"{obj.name}（{obj.unit}）"


def usual_days() -> int:
    """What the rule says; sources disagree about it."""
    return rulebook().get("membership.transfer_letter").integer("days")


def days_field() -> forms.IntegerField:
    """有效期, with the warning that belongs to it."""
    rule = rulebook().get("membership.transfer_letter")
    english = (get_language() or "").startswith("en")
    return forms.IntegerField(
        label=_("有效期（天）"),
        min_value=1,
        max_value=365,
        help_text=_("【{badge}】{summary}").format(
            badge=rule.badge, summary=rule.summary_en if english else rule.summary
        ),
    )


def head_fields(names: Iterable[str] = tuple(_HEAD)) -> dict[str, forms.Field]:
    """Of the letter's head; none is required."""
    return {name: _head_field(name) for name in names}


def _head_field(name: str) -> forms.Field:
    label, help_text = _HEAD[name]
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=MOST[name])


def head_of(said: dict[str, Any]) -> Letterhead:
    """The head from a form's values."""
    return Letterhead(**{name: str(said.get(name) or "").strip() for name in _HEAD})
