"""What stands on the printed letter, in the words of the form (中国共产党党员组织关系介绍信). Always in Chinese."""

from dataclasses import dataclass
from datetime import date

from django.utils import translation

from rules.workdays import age
from shared.codes import ETHNIC_GROUPS, SEXES
from workspace.members.models import Member
from workspace.transfers.models import Transfer
from workspace.transfers.models.letterhead import Letterhead

_STANDING = {Member.Category.FULL: "正式", Member.Category.PROBATIONARY: "预备"}
_HANZI = "zh-hans"


@dataclass(frozen=True)
class Sheet:
    """Texts; an empty one is left to be filled in by hand. `is_member` is false for candidates, whose papers go along
    with a note instead of a letter of relation."""

    transfer: Transfer
    head: Letterhead
    addressee: str
    sex: str
    years: str
    ethnic_group: str
    citizen_number: str
    phone: str
    standing: str
    is_member: bool

    @property
    def title(self) -> str:
        return "中国共产党党员组织关系介绍信" if self.is_member else "发展党员培养材料转递函"


def sheet_of(transfer: Transfer, *, on: date) -> Sheet:
    """Of a letter of ours."""
    member = transfer.member
    if member is None:
        raise ValueError("a letter of ours is about somebody on the register")
    is_member = member.category in Member.MEMBERS
    with translation.override(_HANZI):
        category = str(member.get_category_display())
    return Sheet(
        transfer=transfer,
        head=transfer.head,
        addressee=transfer.head.addressee or transfer.destination_name,
        sex=_word(SEXES, member.sex),
        years=str(age(member.birth_date, transfer.issued_on)) if member.birth_date else "",
        ethnic_group=_word(ETHNIC_GROUPS, member.ethnic_group).removesuffix("族"),
        citizen_number=member.citizen_number or "",
        phone=member.phone,
        standing=_STANDING[Member.Category(member.category)] if is_member else category,
        is_member=is_member,
    )


def _word(codes: object, code: str) -> str:
    entry = codes.get(code) if code else None  # type: ignore[attr-defined]
    return entry.label(_HANZI) if entry else ""
