"""The number of a letter: 代字, the year, and a running number of the workspace that begins anew each year.

Nothing is configured: the 代字 is that of the newest letter, and whoever issues the next one may change it.
"""

from collections.abc import Iterator
from datetime import date

from workspace.organization.models import Unit
from workspace.transfers.models import Transfer

FIRST_WORD = "组转"
_OPENS = "〔"


def word_to_go_on_with() -> str:
    """The 代字 of the newest letter of ours."""
    newest = Transfer.objects.filter(serial__isnull=False).order_by("-pk").values_list("number", flat=True).first()
    return newest.partition(_OPENS)[0] if newest else FIRST_WORD


def numbers(word: str, issued_on: date) -> Iterator[tuple[str, int]]:
    """(text, running number), one after the other. The root is locked until the transaction ends, so that two who issue
    at once draw different numbers."""
    Unit.objects.select_for_update().get(depth=1)
    year = issued_on.year
    last = Transfer.objects.filter(year=year, serial__isnull=False).order_by("-serial").first()
    serial = (last.serial or 0) if last else 0
    while True:
        serial += 1
        yield f"{word}{_OPENS}{year}〕{serial:03d}号", serial
