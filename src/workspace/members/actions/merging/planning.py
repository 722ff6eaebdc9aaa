"""What merging two entries would do: each column side by side, what goes along, what has to be settled."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from workspace.members.actions.records import BY_EVENT
from workspace.members.followers import Meeting, Strand, mentions, strands
from workspace.members.importing.columns import BY_NAME, FIELDS
from workspace.members.models import Member
from workspace.members.queries.facts import label_of, say
from workspace.members.queries.masking import MASKS

KEPT, GONE = "kept", "gone"
COLUMNS = (*(about.name for about in FIELDS if about.name != "party_age"), "is_exempt")
_NOTHING = (None, "", 0)  # and False
_NAMED_AT_MOST = 5


@dataclass(frozen=True)
class Side:
    """One column of both, in words, masked; `better` is what is kept unless somebody says otherwise."""

    name: str
    label: str
    kept: str
    gone: str
    same: bool
    better: str


@dataclass(frozen=True)
class Fate:
    """What becomes of the rows of one foreign key: how many go along, which pairs lose which row."""

    strand: Strand
    going: int
    losers: tuple[Any, ...] = ()  # rows that go, of either entry
    left: int = 0  # rows of the entry that goes which stay out as a whole

    @property
    def label(self) -> str:
        return str(self.strand.follower.label)


@dataclass(frozen=True)
class Plan:
    """`seen` changes with anything that the preview showed."""

    kept: Member
    gone: Member
    sides: list[Side]
    fates: list[Fate]
    refusals: list[str]
    settled: list[str]
    seen: str

    @property
    def moving(self) -> list[tuple[str, int]]:
        """What goes along, in words and numbers."""
        return [(fate.label, fate.going) for fate in self.fates if fate.going]

    @property
    def differing(self) -> list[Side]:
        return [side for side in self.sides if not side.same]

    def choices(self, said: Mapping[str, str]) -> dict[str, str]:
        """Column → kept or gone, as said or as is better."""
        wanted = {side.name: said.get(side.name, side.better) for side in self.sides}
        return {name: where if where in (KEPT, GONE) else KEPT for name, where in wanted.items()}

    def values(self, said: Mapping[str, str]) -> dict[str, Any]:
        """What the entry that stays takes over from the other: those columns that become different."""
        taken = [name for name, where in self.choices(said).items() if where == GONE]
        found = {name: getattr(self.gone, name) for name in taken}
        return {name: value for name, value in found.items() if getattr(self.kept, name) != value}


def plan(kept: Member, gone: Member) -> Plan:
    """Look, without changing anything. Some three queries for each table that speaks of members."""
    fates, refusals, settled = [], list(_of_the_entries(kept, gone)), []
    for strand in strands():
        fate, clashing = _fate(strand, kept, gone)
        fates.append(fate)
        if clashing and strand.follower.meeting == Meeting.REFUSED:
            refusals.append(_refused(strand, clashing))
        elif fate.losers or fate.left:
            settled.append(_settled(fate))
    return Plan(kept, gone, list(_sides(kept, gone)), fates, refusals, settled, _seen(kept, gone, fates))


def _fate(strand: Strand, kept: Member, gone: Member) -> tuple[Fate, list[tuple[Any, Any]]]:
    rows = strand.rows(gone.pk).count()
    meeting = strand.follower.meeting
    if not rows:
        return Fate(strand, 0), []
    if meeting == Meeting.LEFT_OUT:
        return Fate(strand, 0), []
    if meeting == Meeting.ONE_SIDE:
        both = strand.rows(kept.pk).exists()
        return (Fate(strand, 0, left=rows) if both else Fate(strand, rows)), []
    clashing = strand.clashes(kept.pk, gone.pk)
    if meeting == Meeting.REFUSED:
        return Fate(strand, rows), clashing
    losers = {(row.pk): row for row in (_loser(mine, theirs) for mine, theirs in clashing)}
    lost = sum(getattr(row, strand.field.attname) == gone.pk for row in losers.values())
    return Fate(strand, rows - lost, tuple(losers.values())), clashing


def _loser(mine: Any, theirs: Any) -> Any:
    """The row that says less; at a tie that of the entry that goes."""
    return mine if filled_row(theirs) > filled_row(mine) else theirs


def filled_row(row: Any) -> int:
    return sum(bool(getattr(row, field.attname)) for field in row._meta.concrete_fields)


def _of_the_entries(kept: Member, gone: Member) -> Iterator[str]:
    if kept.user_id and gone.user_id and kept.user_id != gone.user_id:
        yield gettext("两份登记各关联了一个账号。请先在其中一份上解除关联，再合并。")
    if kept.left_on and not gone.left_on:
        yield gettext("要保留的一份已经离开名册，另一份还在册。请对调，保留在册的那一份。")


def _refused(strand: Strand, clashing: list[tuple[Any, Any]]) -> str:
    if strand.follower.refusal:
        return str(strand.follower.refusal).format(what=_named(row for row, _theirs in clashing))
    label = strand.follower.label
    return gettext("两份登记都有{what}，同一个人只能有一份。请先处理其中一份。").format(what=label)


def _settled(fate: Fate) -> str:
    if fate.left:
        said = gettext("{what}：两份登记都有，以保留的一份为准，另一份的 {n} 条不带过来。")
        return said.format(what=fate.label, n=fate.left)
    said = gettext("{what}：两份登记重复的 {n} 条只留一条，留内容较全的。")
    return said.format(what=fate.label, n=len(fate.losers))


def _named(rows: Iterator[Any]) -> str:
    return "、".join(str(row) for row in list(rows)[:_NAMED_AT_MOST])


def _sides(kept: Member, gone: Member) -> Iterator[Side]:
    for name in COLUMNS:
        mine, theirs = getattr(kept, name), getattr(gone, name)
        about = BY_NAME.get(name)
        label = label_of(about) if about else str(_("不作硬性要求"))
        yield Side(name, label, _text(kept, name), _text(gone, name), mine == theirs, _better(name, kept, gone))


def _text(member: Member, name: str) -> str:
    value = getattr(member, name)
    if name in MASKS:
        return MASKS[name](value) if value else ""
    about = BY_NAME.get(name)
    if about:
        return say(about, value, member)
    return gettext("是") if value else gettext("否")


def _better(name: str, kept: Member, gone: Member) -> str:
    mine, theirs = getattr(kept, name), getattr(gone, name)
    if theirs in _NOTHING:
        return KEPT
    if mine in _NOTHING:
        return GONE
    if name in BY_EVENT:  # where somebody stands goes with the entry that stays
        return KEPT
    return GONE if gone.updated_at > kept.updated_at else KEPT


def _seen(kept: Member, gone: Member, fates: list[Fate]) -> str:
    parts = [f"{each.pk}@{each.updated_at.isoformat()}" for each in (kept, gone)]
    parts += [f"{fate.strand.key}:{fate.going}:{fate.left}:{len(fate.losers)}" for fate in fates]
    parts += [f"{each.key}:{each.rows(gone.pk).count()}" for each in mentions()]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
