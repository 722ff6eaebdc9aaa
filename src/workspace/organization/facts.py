"""What is written down about a unit, apart from where it stands (organisation columns of the official register)."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shared.codes import REGIONS
from shared.identity.masking import mask_phone
from shared.refusals import Refusal
from workspace.organization.models import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The fields that people fill in; texts may be empty, dates unknown (None) and numbers too (0)."""

    name: str
    type: str
    short_name: str = ""
    code: str = ""
    established_on: date | None = None
    elected_on: date | None = None
    contact: str = ""
    contact_phone: str = ""
    situation: str = ""
    region: str = ""
    joint_units: int = 0

    @classmethod
    def of(cls, unit: Unit) -> "Facts":
        return cls(**{name: getattr(unit, name) for name in NAMES})


NAMES: tuple[str, ...] = tuple(field.name for field in fields(Facts))
# As records and previews show them: readable, and never a whole telephone number.
SAYS: dict[str, Callable[[Any], str]] = {
    "contact_phone": mask_phone,
    "type": lambda value: str(Unit.Type(value).label),
    "situation": lambda value: str(Unit.Situation(value).label) if value else "",
    "region": REGIONS.name_of,
}
_NOTED: dict[str, Promise] = {
    "situation": _("所在单位情况"),
    "region": _("行政区划"),
    "joint_units": _("覆盖的单位数"),
}


def label_of(name: str) -> str:
    """What people call the fact."""
    return str(_NOTED.get(name) or Unit._meta.get_field(name).verbose_name)


def shown(name: str, value: Any) -> str:
    """A fact as people read it; empty for what nobody said."""
    return SAYS.get(name, str)(value) if value else ""


class NoSuchRegion(Refusal):
    message = _("没有找到行政区划“{text}”。请写六位代码，或者省、市的全称。")
    status = 400


def region_of(text: str) -> str:
    """The code (GB/T 2260) of what somebody wrote; empty for nothing. Raises NoSuchRegion."""
    found = REGIONS.find(text) if text.strip() else None
    if found is None and text.strip():
        raise NoSuchRegion(text=text)
    return found.code if found else ""
