"""What a member is found by: words in a `tsvector`, looked up by their beginnings in one index."""

import unicodedata
from collections.abc import Iterable
from typing import Any

from django.db import models

from shared.identity import name_pinyin

TAIL = 4  # digits of a phone number that people remember


class LexemesField(models.Field):  # type: ignore[type-arg]  # Django's own class takes no parameters
    """A set of words. `__begins` is true where any of them begins with the text; a GIN index answers it."""

    def db_type(self, connection: Any) -> str:
        return "tsvector"

    def get_prep_value(self, value: Any) -> Any:
        return value or ""


@LexemesField.register_lookup
class Begins(models.Lookup):
    lookup_name = "begins"

    def get_prep_lookup(self) -> str:
        return f"{_quoted(str(self.rhs))}:*"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        return f"{left} @@ ({right})::tsquery", [*left_params, *right_params]


def lexemes(name: str, phone: str) -> str:
    """Every ending of the name, of its pinyin by syllable and of its initials, and the last digits of the phone.

    张三丰 13812341234 → 张三丰 三丰 丰 zhangsanfeng sanfeng feng zsf sf f 1234: so 三丰, sanf and zs all find him.
    """
    said = name_pinyin(name)
    plain = folded(name)
    words = {plain[i:] for i in range(len(plain))}
    for start in range(len(said.syllables)):
        words.add("".join(said.syllables[start:]))
        words.add(said.initials[start:])
    if len(phone) >= TAIL:
        words.add(phone[-TAIL:])
    return _vector(words)


def folded(text: str) -> str:
    """A name for comparing: half-width, lower case, without spaces."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _vector(words: Iterable[str]) -> str:
    return " ".join(sorted(_quoted(word) for word in words if word))


def _quoted(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace("'", "''").replace("\0", "")
    return f"'{escaped}'"
