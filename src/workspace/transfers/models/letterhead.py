"""What a letter says beside the person and the way: to whom it is addressed, and where the issuer is reached."""

from dataclasses import asdict, dataclass, fields
from typing import Any, Self

MOST = {"addressee": 120, "address": 120, "phone": 40, "fax": 40, "postcode": 10, "note": 200}  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """Texts, any of them empty. `addressee` is the organisation named above the letter (抬头)."""

    addressee: str = ""
    address: str = ""
    phone: str = ""
    fax: str = ""
    postcode: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        for name, most in MOST.items():
            text = getattr(self, name)
            if not isinstance(text, str) or len(text) > most:
                raise ValueError(f"{name} is a text of at most {most} characters")

    @classmethod
    def of(cls, stored: dict[str, Any]) -> Self:
        """From the column; what is not known there is passed over."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in stored.items() if name in known})

    def stored(self) -> dict[str, str]:
        """For the column: what is not empty."""
        return {name: value for name, value in asdict(self).items() if value}
