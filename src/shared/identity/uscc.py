"""Unified social credit codes (统一社会信用代码, GB 32100-2015)."""

import unicodedata

from stdnum.cn import uscc


def compact_uscc(text: str) -> str:
    """The code without spaces and dashes, in half-width capitals."""
    return str(uscc.compact(unicodedata.normalize("NFKC", text).upper()))


def is_uscc(text: str) -> bool:
    """Whether a text is a code of eighteen characters whose check character is right."""
    return bool(uscc.is_valid(compact_uscc(text)))
