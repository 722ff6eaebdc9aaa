"""One entry of a code set, and the set that finds it from what people type."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

_NOISE = re.compile(r"[\s·•.。,,、/()()\-—_*]+")


@dataclass(frozen=True, slots=True)
class Code:
    """An entry: its code, its names, and other words that mean the same.

    `verified` is False where no published text of the standard was seen; screens show 待核实.
    """

    code: str
    zh: str
    en: str
    aliases: tuple[str, ...] = ()
    verified: bool = True

    def label(self, language: str = "zh-hans") -> str:
        """The name to show: Chinese unless the language starts with "en"."""
        return self.en if language.startswith("en") else self.zh

    def __str__(self) -> str:
        return self.zh


@dataclass(frozen=True)
class CodeSet:
    """A named list of codes in official order. Codes and spellings are unique, or it does not load.

    `endings` are words people leave out or add ("汉" for "汉族"): tried both ways by `find`.
    """

    standard: str
    entries: tuple[Code, ...]
    endings: tuple[str, ...] = ()
    _by_code: dict[str, Code] = field(init=False, repr=False, compare=False)
    _by_word: dict[str, Code] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_code: dict[str, Code] = {}
        by_word: dict[str, Code] = {}
        for entry in self.entries:
            if entry.code in by_code:
                raise ValueError(f"{self.standard}: code {entry.code} stands twice")
            by_code[entry.code] = entry
            for word in {folded(w) for w in (entry.zh, entry.en, *entry.aliases)}:
                if by_word.setdefault(word, entry) is not entry:
                    raise ValueError(f"{self.standard}: {word} means two things")
        object.__setattr__(self, "_by_code", by_code)
        object.__setattr__(self, "_by_word", by_word)

    def __iter__(self) -> Iterator[Code]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def get(self, code: str) -> Code | None:
        """The entry of exactly this code, or None."""
        return self._by_code.get(code)

    def find(self, text: str) -> Code | None:
        """The entry a person most likely meant, or None: never a guess between two.

        Accepts names in either language, aliases, the code itself (with or without leading zeros),
        full-width forms, stray spaces and punctuation, and a missing or extra ending.
        """
        word = folded(text)
        if not word:
            return None
        return self._by_word.get(word) or self._by_ending(word) or self._by_number(text)

    def choices(self, language: str = "zh-hans") -> list[tuple[str, str]]:
        """(code, label) pairs in official order, as form fields want them."""
        return [(entry.code, entry.label(language)) for entry in self.entries]

    def _by_ending(self, word: str) -> Code | None:
        for ending in self.endings:
            other = word.removesuffix(ending) if word.endswith(ending) else word + ending
            if other in self._by_word:
                return self._by_word[other]
        return None

    def _by_number(self, text: str) -> Code | None:
        number = unicodedata.normalize("NFKC", text).strip()
        if number in self._by_code:
            return self._by_code[number]
        if not number.isdecimal():
            return None
        meant = [e for e in self.entries if e.code.isdecimal() and int(e.code) == int(number)]
        return meant[0] if len(meant) == 1 else None


def folded(text: str) -> str:
    """Text with width, case, spaces and light punctuation taken out, for comparing."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).casefold()


def table(rows: Iterable[tuple[str, ...]], *, verified: bool = True) -> tuple[Code, ...]:
    """Entries from (code, zh, en, alias, alias…) rows that share one verification mark."""
    return tuple(Code(row[0], row[1], row[2], tuple(row[3:]), verified) for row in rows)
