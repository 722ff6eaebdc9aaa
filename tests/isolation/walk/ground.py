"""The ground of a random walk: two workspaces whose rows have the same keys, each with secrets of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Count, Max

from tenants import context
from tenants.models import Tenant
from tests.support.cast import SLUGS
from workspace.accounts.models import User
from workspace.audit.models import Entry
from workspace.inbox.models import Message
from workspace.members.models import Member
from workspace.organization.models import Unit

NOTED = "walk"
# Differ, so that a count read in the wrong workspace is a wrong count.
EXTRA_MEMBERS = {"jia": 2, "yan": 4}


@dataclass(frozen=True)
class Estate:
    """One workspace: `secret` stands in every row of it that a walk reads; `unit` is the row that walks write over."""

    tenant: Tenant
    secret: str
    unit: int
    members: int
    reader: int  # whom the lines are addressed to

    @property
    def slug(self) -> str:
        return self.tenant.slug


@dataclass(frozen=True)
class Memory:
    """What an estate must hold now: the newest word written, and how many lines were noted."""

    word: int = 0
    lines: int = 0

    def text(self, estate: Estate) -> str:
        return f"{estate.secret}:{self.word}"


def plant(tenant: Tenant) -> Estate:
    """Hide secrets in a workspace; planting again begins anew. Commits."""
    secret = f"canary-{tenant.schema_name}"
    with context.inside(tenant):
        unit = Unit.objects.filter(name="第一党支部").get()
        have = Member.objects.count()
        wanted = 3 + EXTRA_MEMBERS[tenant.slug]
        Member.objects.bulk_create(Member(unit=unit, name=f"党员{number}") for number in range(have, wanted))
        Member.objects.update(residence=secret)
        User.objects.update(name=secret)
        made = Estate(tenant, secret, unit.pk, wanted, User.objects.order_by("pk").values_list("pk", flat=True)[0])
        Unit.objects.filter(pk=unit.pk).update(contact=Memory().text(made))
        Message.objects.filter(title=NOTED).delete()
        if not Entry.objects.filter(label=secret).exists():
            Entry.objects.create(verb=NOTED, kind="walk", thing="1", label=secret)
    return made


def ground() -> dict[str, Estate]:
    """The cast's two workspaces, planted."""
    estates = {slug: plant(Tenant.objects.get(slug=slug)) for slug in SLUGS}
    jia, yan = estates.values()
    assert jia.unit == yan.unit, "the same key in both, or a read by key could not go astray"
    return estates


Ask = Callable[[Estate], Any]
Answer = Callable[[Estate, Memory], Any]


def _cursor(estate: Estate) -> Any:
    with connection.cursor() as cursor:
        cursor.execute("SELECT contact FROM organization_unit WHERE id = %s", [estate.unit])
        return cursor.fetchone()[0]


def _raw(estate: Estate) -> Any:
    rows = Unit.objects.raw("SELECT id, contact FROM organization_unit WHERE id = %s", [estate.unit])
    return [row.contact for row in rows]


def _joined(estate: Estate) -> Any:
    member = Member.objects.select_related("unit").only("residence", "unit__contact").filter(unit=estate.unit).first()
    return (member.residence, member.unit.contact) if member else None


# How rows are read, and what each must answer in a workspace.
READS: dict[str, tuple[Ask, Answer]] = {
    "get": (lambda e: Unit.objects.only("contact").get(pk=e.unit).contact, lambda e, m: m.text(e)),
    "values": (lambda e: set(Member.objects.values_list("residence", flat=True)), lambda e, m: {e.secret}),
    "filter": (lambda e: Unit.objects.filter(contact__startswith=e.secret).count(), lambda e, m: 1),
    "count": (lambda e: Member.objects.count(), lambda e, m: e.members),
    "lines": (
        lambda e: Message.objects.filter(title=NOTED).aggregate(n=Count("pk"), last=Max("body")),
        lambda e, m: {"n": m.lines, "last": e.secret if m.lines else None},
    ),
    "exists": (lambda e: Member.objects.filter(residence=e.secret).exists(), lambda e, m: True),
    "audit": (lambda e: set(Entry.objects.filter(verb=NOTED).values_list("label", flat=True)), lambda e, m: {e.secret}),
    "people": (lambda e: set(User.objects.values_list("name", flat=True)), lambda e, m: {e.secret}),
    "joined": (_joined, lambda e, m: (e.secret, m.text(e))),
    "raw": (_raw, lambda e, m: [m.text(e)]),
    "cursor": (_cursor, lambda e, m: m.text(e)),
}
# Read where no workspace is in force: their tables are on nobody else's path. (`accounts` also has tables in the
# control schema, for operators, so "people" is no question to ask there.)
FOREIGN = tuple(kind for kind in READS if kind != "people")


def _update(estate: Estate, memory: Memory) -> Memory:
    made = Memory(memory.word + 1, memory.lines)
    Unit.objects.filter(pk=estate.unit).update(contact=made.text(estate))
    return made


def _insert(estate: Estate, memory: Memory) -> Memory:
    _line(estate).save()
    return Memory(memory.word, memory.lines + 1)


def _bulk(estate: Estate, memory: Memory) -> Memory:
    Message.objects.bulk_create(_line(estate) for _ in range(3))
    return Memory(memory.word, memory.lines + 3)


def _delete(estate: Estate, memory: Memory) -> Memory:
    Message.objects.filter(title=NOTED).delete()
    return Memory(memory.word, 0)


def _line(estate: Estate) -> Message:
    return Message(to_id=estate.reader, title=NOTED, body=estate.secret)


WRITES: dict[str, Callable[[Estate, Memory], Memory]] = {
    "update": _update,
    "insert": _insert,
    "bulk": _bulk,
    "delete": _delete,
}
