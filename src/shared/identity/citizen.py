"""Citizen numbers (公民身份号码, GB 11643-1999): the check digit, and what a number says."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from stdnum.cn import ric
from stdnum.exceptions import InvalidComponent

from shared.codes.regions import REGIONS
from shared.codes.sexes import FEMALE, MALE

# No province is numbered 99: a number under it can pass every check and still belong to nobody.
SYNTHETIC_REGION = "999999"

_SEPARATORS = re.compile(r"[\s'‘’`\-—_.·]+")
_PLAUSIBLE_FROM = 1880


class Fault(StrEnum):
    """What is wrong with a number that was refused."""

    LENGTH = "length"
    CHARACTERS = "characters"
    LEGACY = "legacy"  # fifteen digits, as issued before October 1999
    DATE = "date"
    CHECK_DIGIT = "check_digit"


class BadCitizenNumber(ValueError):
    """A text that is no citizen number. `fault` says why; `expected` is the digit the sum asks for."""

    def __init__(self, fault: Fault, *, expected: str = "") -> None:
        super().__init__(fault.value)
        self.fault = fault
        self.expected = expected


@dataclass(frozen=True, slots=True)
class CitizenNumber:
    """A checked number: eighteen characters, with the birth date and sex code it carries."""

    value: str
    birth_date: date
    sex: str

    @property
    def region(self) -> str:
        """The six digits of the county of first registration."""
        return self.value[:6]

    @property
    def is_synthetic(self) -> bool:
        return self.region == SYNTHETIC_REGION

    @property
    def region_is_known(self) -> bool:
        """Whether the province exists. Counties are not judged: too many were renumbered."""
        return self.is_synthetic or REGIONS.province_of(self.value) is not None


def compact(text: str) -> str:
    """The number without spaces, quotes and dashes, in half-width capitals."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper()


def read_citizen_number(text: str) -> CitizenNumber:
    """Check a number and read it. Raises BadCitizenNumber.

    python-stdnum's own `validate` also asks for a county in force in the year of birth; its list has
    gaps, and refusing a real person is worse than accepting an odd county, so only its sum and date
    are used.
    """
    number = compact(text)
    if len(number) == 15 and number.isdecimal():
        raise BadCitizenNumber(Fault.LEGACY)
    if len(number) != 18:
        raise BadCitizenNumber(Fault.LENGTH)
    if not (number.isascii() and number[:17].isdecimal() and (number[17].isdecimal() or number[17] == "X")):
        raise BadCitizenNumber(Fault.CHARACTERS)
    expected = check_digit(number[:17])
    try:
        born = ric.get_birth_date(number)
    except (InvalidComponent, ValueError):
        raise BadCitizenNumber(Fault.DATE) from None
    if born.year < _PLAUSIBLE_FROM:
        raise BadCitizenNumber(Fault.DATE)
    if number[17] != expected:
        raise BadCitizenNumber(Fault.CHECK_DIGIT, expected=expected)
    return CitizenNumber(number, born, MALE if int(number[16]) % 2 else FEMALE)


def check_digit(body: str) -> str:
    """The eighteenth character for the first seventeen digits."""
    return ric.calc_check_digit(body + "0")


def upgraded(legacy: str) -> str:
    """The eighteen-character form of a fifteen-digit number (births of the 1900s).

    Only a suggestion for people to confirm: some holders were given a different number.
    """
    number = compact(legacy)
    if len(number) != 15 or not number.isdecimal():
        raise BadCitizenNumber(Fault.LENGTH)
    body = f"{number[:6]}19{number[6:]}"
    return read_citizen_number(body + check_digit(body)).value
