"""Words of the rules in the reader's language."""

from django.utils.translation import get_language

from rules import dues


def rounding_note() -> str:
    """How amounts are rounded: the regulation does not say, so every page does."""
    return dues.ROUNDING_NOTE_EN if (get_language() or "").startswith("en") else dues.ROUNDING_NOTE
