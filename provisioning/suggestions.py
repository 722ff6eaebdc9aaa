"""Addresses made from a name: 江城市第一人民医院 → jiangchengyiyuan, jcsdyrmyy, …"""

import re
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from pypinyin import lazy_pinyin

from provisioning.queries import is_free
from tenants.names import validate_slug

LONGEST = 32  # characters, as `validate_slug` says
# Words that say where or what kind, not which: left out of the short forms.
_COMMON = re.compile(
    "股份有限公司|有限责任公司|集团有限公司|有限公司|集团|总公司|分公司|人民医院|委员会|管理局|特别行政区|自治区|自治州|党委|党支部"
)
_PLACE = re.compile("^(?:.{2,3}?(?:省|自治区))?(?:.{2,4}?市)?(?:.{1,4}?[区县])?")


def suggest(name: str, *, at_most: int = 3) -> list[str]:
    """Free, well-formed addresses for an organisation's name, the most telling first."""
    found: list[str] = []
    for candidate in _candidates(name):
        if candidate not in found and _is_good(candidate):
            found.append(candidate)
        if len(found) == at_most:
            break
    return found


def _candidates(name: str) -> Iterator[str]:
    core = _COMMON.sub("", name)
    own = _PLACE.sub("", core)
    for words in (own, core, name):
        yield _joined(words)
    for words in (name, core, own):
        yield _initials(words)
    base = next((word for word in (_joined(own), _initials(name), _initials(core)) if 2 <= len(word) <= 26), "")
    base = base if base[:1].isalpha() else f"dj{base}"
    yield f"{base}-dj"
    # Bounded: a name whose first hundred forms are all taken gets fewer suggestions.
    yield from (f"{base}{number}" for number in range(2, 100))


def _syllables(words: str) -> list[str]:
    return [re.sub("[^a-z0-9]", "", syllable.lower()) for syllable in lazy_pinyin(words)]


def _joined(words: str) -> str:
    whole = "".join(_syllables(words))
    return whole if len(whole) <= 20 else ""


def _initials(words: str) -> str:
    return "".join(s if s.isdigit() else s[:1] for s in _syllables(words))[:LONGEST]


def _is_good(slug: str) -> bool:
    try:
        validate_slug(slug)
    except ValidationError:
        return False
    return is_free(slug)
