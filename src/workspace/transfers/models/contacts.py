"""Contacts with somebody who is away: in one column of the period, since they are never read without it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Self

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NOTE = 200  # characters


class Way(StrEnum):
    PHONE = "phone"
    MESSAGE = "message"
    VIDEO = "video"
    VISIT = "visit"
    MAIL = "mail"
    FAMILY = "family"

    @property
    def label(self) -> Promise:
        return _WAYS[self]


_WAYS = {
    Way.PHONE: _("电话"),
    Way.MESSAGE: _("短信、网络消息"),
    Way.VIDEO: _("视频"),
    Way.VISIT: _("当面"),
    Way.MAIL: _("信函、邮件"),
    Way.FAMILY: _("通过家属、同事"),
}
WAYS = [(way.value, way.label) for way in Way]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One try. `reached` is false where nobody answered: tries count as looking for somebody, not as contact."""

    on: date
    way: Way
    by: str  # the name of who got in touch
    reached: bool = True
    note: str = ""

    def __post_init__(self) -> None:
        if not isinstance(self.on, date) or not isinstance(self.way, Way):
            raise TypeError("a contact has a day and a way")
        if len(self.note) > NOTE:
            raise ValueError(f"a note has at most {NOTE} characters")

    @classmethod
    def of(cls, stored: dict[str, Any]) -> Self:
        return cls(
            on=date.fromisoformat(stored["on"]),
            way=Way(stored["way"]),
            by=stored["by"],
            reached=bool(stored["reached"]),
            note=stored.get("note", ""),
        )

    def stored(self) -> dict[str, Any]:
        return {
            "on": self.on.isoformat(), "way": self.way.value, "by": self.by, "reached": self.reached, "note": self.note
        }  # fmt: skip


def newest_first(contacts: Iterable[Contact]) -> list[Contact]:
    return sorted(contacts, key=lambda contact: contact.on, reverse=True)


def last_reached(contacts: Iterable[Contact]) -> date | None:
    """The day somebody was last really spoken to."""
    return max((contact.on for contact in contacts if contact.reached), default=None)
