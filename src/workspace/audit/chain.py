"""The chain that proves the record: each sealed row carries the SHA-256 of the link before it and of its own content.

Rows are written without a link, so that nobody waits for anybody; `extend` links what is committed, in one order, one
at a time (docs/decisions/0006-a-chain-sealed-in-batches.md).
"""

from dataclasses import dataclass

from django.db import connection

# What a link speaks for. The same text stands in tenants/keeping/functions.sql, which seals; `1` is its version.
_SAID = (
    "convert_to(jsonb_build_array(1, id, verb, kind, thing, label, by_id, by_name, extract(epoch FROM at), role, "
    "result, unit, address, request, details)::text, 'UTF8')"
)
_FIRST_FAULT = f"""
SELECT id, position, before FROM (
    SELECT id, position, lag(position, 1, 0::bigint) OVER w AS before,
           link = sha256(lag(link, 1, ''::bytea) OVER w || {_SAID}) AS fits
    FROM audit_entry WHERE position IS NOT NULL WINDOW w AS (ORDER BY position)
) line WHERE position <> before + 1 OR fits IS NOT TRUE ORDER BY position LIMIT 1
"""  # noqa: S608  a constant
_AT_ONCE = 50_000  # what is linked is held in memory until it is written
_HEAD = "SELECT position, link FROM audit_entry WHERE position IS NOT NULL ORDER BY position DESC LIMIT 1"
_LINKS = "SELECT position, link FROM audit_entry WHERE position = ANY(%s)"


@dataclass(frozen=True, slots=True)
class Head:
    """How many rows are sealed, and the last one's link in hexadecimal; empty for none."""

    count: int = 0
    digest: str = ""

    @property
    def fingerprint(self) -> str:
        """The first 128 bits of it in groups of four, for a person to write down."""
        short = self.digest[:32]
        return " ".join(short[start : start + 4] for start in range(0, len(short), 4))


@dataclass(frozen=True, slots=True)
class Fault:
    """Where the chain breaks first: `broken`, `missing`, `cut` or `rewritten`, from which number on, and the row there.

    - broken: the row's content or link is not what was sealed;
    - missing: the row of that number is not there, and later ones are;
    - cut: that row and all behind it are gone, though a mark outside says that they were there;
    - rewritten: the chain fits in itself, and is another one than the mark at that number knew.
    """

    kind: str
    position: int
    entry: int | None = None


def extend() -> int:
    """Link what is committed and not linked yet. Returns how many; -1 where this transaction sees one instant only."""
    done = 0
    with connection.cursor() as cursor:
        while True:
            cursor.execute("SELECT seal_record(%s)", [_AT_ONCE])
            number = int(cursor.fetchone()[0])
            done += number
            if number < _AT_ONCE:
                return done


def head() -> Head:
    """Where the chain stands."""
    with connection.cursor() as cursor:
        cursor.execute(_HEAD)
        row = cursor.fetchone()
    return Head(row[0], bytes(row[1]).hex()) if row else Head()


def first_fault() -> Fault | None:
    """The first row, in order, that does not fit the one before it. One pass in the database."""
    with connection.cursor() as cursor:
        cursor.execute(_FIRST_FAULT)
        row = cursor.fetchone()
    if row is None:
        return None
    entry, position, before = row
    return Fault("broken", position, entry) if position == before + 1 else Fault("missing", before + 1)


def against(marks: list[Head]) -> Fault | None:
    """The first of these marks that the chain does not meet: it is shorter, or its link there is another."""
    with connection.cursor() as cursor:
        cursor.execute(_LINKS, [[mark.count for mark in marks]])
        links = {position: bytes(link).hex() for position, link in cursor.fetchall()}
    last = head().count
    for mark in sorted(marks, key=lambda mark: mark.count):
        if mark.count > last:
            return Fault("cut", last + 1)
        if links.get(mark.count) != mark.digest:
            return Fault("rewritten", mark.count)
    return None
