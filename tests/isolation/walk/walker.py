"""Somebody who goes in and out of workspaces, and knows at every step what must be seen there.

The oracle: a read inside a workspace answers exactly what that workspace holds at that moment (so neither another's
secret nor a silent nothing); a read anywhere else, or in a transaction that is broken, is refused.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from typing import Any

from django.db import Error, connection, transaction

from tenants import context
from tests.isolation.walk.ground import FOREIGN, READS, WRITES, Estate, Memory
from workspace.members.models import Member

Held = dict[str, Memory]
CHUNK = 2  # rows a server-side cursor hands over at once: fewer than there are


class Leak(AssertionError):
    """Something was seen that may not be, or was not seen that must be."""


class Stumble(Exception):
    """An error of the code in a block."""


@dataclass
class Frame:
    """One block that is open: where it is, and what was held when it began. `estate` is None outside workspaces."""

    place: str
    estate: Estate | None
    block: AbstractContextManager[Any]
    before: Held
    iterators: list[tuple[Iterator[str], Estate]] = field(default_factory=list)


@dataclass
class Walker:
    """`frames` are the blocks that are open, the innermost last."""

    ground: dict[str, Estate]
    operations: int = 0
    frames: list[Frame] = field(default_factory=list)
    kept: Held = field(default_factory=dict)  # committed
    held: Held = field(default_factory=dict)  # as this connection must see it
    # How many of the open blocks stand on a broken transaction; `lost` when the connection itself is gone.
    broken_at: int | None = None
    lost: bool = False

    def __post_init__(self) -> None:
        self.kept = {slug: Memory() for slug in self.ground}
        self.held = dict(self.kept)

    # ── where we are ──────────────────────────────────────────────────────────────────────────────
    @property
    def depth(self) -> int:
        return len(self.frames)

    @property
    def estate(self) -> Estate | None:
        return self.frames[-1].estate if self.frames else None

    @property
    def is_broken(self) -> bool:
        return self.lost or self.broken_at is not None

    # ── going in and out ──────────────────────────────────────────────────────────────────────────
    def enter(self, place: str) -> None:
        """`jia`, `yan`, `control`, `nowhere`, or `savepoint` for a block of its own in the same place."""
        self.operations += 1
        estate = self.estate if place == "savepoint" else self.ground.get(place)
        was = context.current.get()
        block = self._block(place)
        try:
            block.__enter__()
        except Error:
            if not self.is_broken:
                raise
            if context.current.get() != was:
                raise Leak("a block that could not begin left its context in force") from None
            return
        self.frames.append(Frame(place, estate, block, dict(self.held)))

    def _block(self, place: str) -> AbstractContextManager[Any]:
        if place in self.ground:
            return context.inside(self.ground[place].tenant)
        if place == "control":
            return context.control()
        return context.entered(None) if place == "nowhere" else transaction.atomic()

    def leave(self, how: str = "well") -> None:
        """`well`, with an `error` that is thrown, or `undone` on purpose."""
        if not self.frames:
            return
        self.operations += 1
        frame = self.frames.pop()
        was_broken = self.is_broken
        if how != "well" or was_broken or not self.frames:
            for iterator, _estate in frame.iterators:
                with suppress(Error):
                    iterator.close()  # type: ignore[attr-defined]
        if how == "undone" and not was_broken:
            transaction.set_rollback(True)
        error = Stumble() if how == "error" else None
        try:
            frame.block.__exit__(type(error) if error else None, error, None)
        except Error:
            if not was_broken:
                raise
        except Stumble:
            pass
        self._settle(frame, undone=how != "well" or was_broken)

    def _settle(self, frame: Frame, *, undone: bool) -> None:
        if undone:
            self.held = frame.before
        elif self.frames:
            self.frames[-1].iterators += frame.iterators
        if self.broken_at is not None and self.depth <= self.broken_at:
            self.broken_at = None
        if not self.frames:
            self.kept = self.held = dict(self.kept if self.lost else self.held)
            if self.lost:
                # As at the end of a request: a connection that died is asked for its health before it is used again.
                connection.close_if_unusable_or_obsolete()
            self.lost = False
            if context.current.get() is not None:
                raise Leak("a context outlived its block")

    def finish(self) -> None:
        while self.frames:
            self.leave("error")

    # ── reading and writing ───────────────────────────────────────────────────────────────────────
    def read(self, kind: str) -> None:
        """Read rows where we are, whatever that must come to."""
        self.operations += 1
        ask, _answer = READS[kind]
        if self.is_broken:
            self.refused(lambda: ask(self._any()), "a broken transaction")
        elif self.estate is None:
            if kind in FOREIGN:
                self._refused_in_block(lambda: ask(self._any()), "outside every workspace")
        else:
            self.check(kind, self.estate, self.held[self.estate.slug])

    def check(self, kind: str, estate: Estate, memory: Memory) -> None:
        """Read as this estate and compare."""
        ask, answer = READS[kind]
        seen, wanted = ask(estate), answer(estate, memory)
        if seen != wanted:
            raise Leak(f"{kind} at {estate.slug}: {seen!r} instead of {wanted!r}")

    def write(self, kind: str) -> None:
        self.operations += 1
        estate = self.estate
        if self.is_broken:
            self.refused(lambda: WRITES[kind](self._any(), Memory()), "a broken transaction")
        elif estate is None:
            self._refused_in_block(lambda: WRITES[kind](self._any(), Memory()), "outside every workspace")
        else:
            self.held = {**self.held, estate.slug: WRITES[kind](estate, self.held[estate.slug])}

    def trespass(self) -> None:
        """Ask for another workspace's rows by the name of its schema."""
        if self.is_broken:
            return
        self.operations += 1
        others = [estate for estate in self.ground.values() if estate is not self.estate]
        statement = f"SELECT residence FROM {others[-1].tenant.schema_name}.members_member"
        self._refused_in_block(lambda: _ask(statement), f"the schema of {others[-1].slug}")

    def stumble(self) -> None:
        """A statement fails and nothing catches it at its savepoint: the transaction is broken from here inwards."""
        if not self.frames or self.is_broken:
            return
        self.operations += 1
        self.refused(lambda: _ask("SELECT no_such_column FROM pg_class"), "a statement that is wrong")
        self.broken_at = self.depth - 1

    # ── iterators ─────────────────────────────────────────────────────────────────────────────────
    def begin_iterator(self) -> None:
        """Open a server-side cursor and take its first row."""
        if self.is_broken or self.estate is None:
            return
        self.operations += 1
        rows = Member.objects.order_by("pk").values_list("residence", flat=True).iterator(chunk_size=CHUNK)
        self.frames[-1].iterators.append((rows, self.estate))
        self._step(rows, self.estate)

    def step_iterator(self) -> None:
        """Take a row of an iterator that is open in this block or around it, wherever we are now."""
        if self.is_broken:
            return
        for frame in reversed(self.frames):
            if frame.iterators:
                self.operations += 1
                self._step(*frame.iterators[-1])
                return

    def _step(self, rows: Iterator[str], estate: Estate) -> None:
        row = next(rows, None)
        if row is not None and row != estate.secret:
            raise Leak(f"an iterator begun at {estate.slug} yields {row!r}")

    # ── what must be refused ──────────────────────────────────────────────────────────────────────
    def refused(self, act: Callable[[], object], where: str) -> None:
        """The act must raise an error of the database."""
        try:
            seen = act()
        except Error:
            return
        raise Leak(f"{where}: {seen!r} instead of a refusal")

    def _refused_in_block(self, act: Callable[[], object], where: str) -> None:
        def within() -> object:
            with transaction.atomic():
                return act()

        self.refused(within if self.frames else act, where)

    def _any(self) -> Estate:
        return next(iter(self.ground.values()))


def _ask(statement: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()
