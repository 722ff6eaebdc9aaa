"""Pinyin of personal names, for search and sorting: 单国华 is shan guo hua, never dan."""

from dataclasses import dataclass

from pypinyin import lazy_pinyin

from shared.identity.surnames import COMPOUND, READINGS, surname_of


@dataclass(frozen=True, slots=True)
class NamePinyin:
    """Syllables of a name without tones, ü written v as input methods do."""

    syllables: tuple[str, ...]

    @property
    def full(self) -> str:
        """All syllables joined: "shanguohua"."""
        return "".join(self.syllables)

    @property
    def spaced(self) -> str:
        """Syllables apart, which sorts names by character: "shan guo hua"."""
        return " ".join(self.syllables)

    @property
    def initials(self) -> str:
        """First letters: "sgh"."""
        return "".join(syllable[0] for syllable in self.syllables)


def name_pinyin(name: str) -> NamePinyin:
    """Pinyin of a Chinese name; letters and digits in it are kept, in lower case."""
    name = "".join(name.split())
    surname = surname_of(name)
    given = name[len(surname) :]
    first = COMPOUND.get(surname) or ((READINGS[surname],) if surname in READINGS else lazy_pinyin(surname))
    spoken = [s for s in (*first, *lazy_pinyin(given)) if s.strip()]
    return NamePinyin(tuple(s.casefold() for s in spoken if any(c.isalnum() for c in s)))
