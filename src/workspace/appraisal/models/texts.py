"""What people wrote: of themselves (个人自评) and of each other (党员互评)."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from shared.stored import Stored

TEXT = 2000  # characters of a self-review
OPINION = 500  # characters of what one says of another


@dataclass(frozen=True, slots=True, kw_only=True)
class Review(Stored):
    """A member on themselves, or the note that they handed in a paper; `by` who made that note."""

    DAYS: ClassVar = ("on",)

    member: int
    on: date
    text: str = ""
    on_paper: bool = False
    by: str = ""

    def __post_init__(self) -> None:
        if bool(self.text) == self.on_paper:
            raise ValueError("a review is a text or a paper")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion(Stored):
    """What one member says of another: a short text, or that it was said at the meeting."""

    DAYS: ClassVar = ("on",)

    writer: int
    about: int
    on: date
    text: str = ""
    at_meeting: bool = False

    def __post_init__(self) -> None:
        if self.writer == self.about:
            raise ValueError("an opinion is about somebody else")
        if not self.text and not self.at_meeting:
            raise ValueError("an opinion says something, or that it was said at the meeting")
