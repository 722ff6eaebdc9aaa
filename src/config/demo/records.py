"""Some weeks of the demo's record: who signed in, what was changed, seen in full, and what failed."""

import random
from datetime import datetime, timedelta
from typing import Any

from shared.identity import mask_phone
from workspace.accounts.models import User
from workspace.audit import chain
from workspace.audit.many import add_many
from workspace.members.models import Member

DAYS = 21
LINES = 120
_SIGN_INS = (("account.signed_in", "done"), ("account.signed_in", "done"), ("account.sign_in_failed", "failed"))
_REASONS = ("核对转正材料", "办理组织关系转接", "通知主题党日", "核对党费交纳")


def keep(*, at: datetime) -> None:
    """Written with their own moments, oldest first, and linked into the chain."""
    draw = random.Random(7)  # noqa: S311  a demo
    users = list(User.objects.filter(grants__isnull=False).distinct().order_by("pk")[:12])
    members = list(Member.objects.order_by("pk")[:60])
    for moment in sorted(at - timedelta(days=DAYS * draw.random()) for _ in range(LINES)):
        by, member = draw.choice(users), draw.choice(members)
        address = f"10.8.{draw.randrange(4)}.{draw.randrange(2, 250)}"
        common = {"by_id": by.pk, "by_name": by.name, "at": moment, "address": address, "role": "", "result": "done"}
        common["request"] = f"{draw.getrandbits(128):032x}"
        line, own = _line(draw, by, member, address)
        add_many([line], common=common | own)
    chain.extend()


def _line(draw: random.Random, by: User, member: Member, address: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """What it is about, and what differs from the usual."""
    kind = draw.randrange(4)
    if kind < 2:
        verb, result = draw.choice(_SIGN_INS)
        who = {"role": "admin"} if by.username == "admin" else {}
        return _about(by, None, {"address": address}), {"verb": verb, "result": result, **who}
    role = {"role": "admin" if by.username == "admin" else "secretary"}
    if kind == 2:
        seen = {"field": "phone", "reason": draw.choice(_REASONS)}
        return _about(member, member.unit_id, seen), {"verb": "member.unmasked", **role}
    before, after = (mask_phone(f"139{draw.randrange(10**8):08d}") for _ in range(2))
    changed = {"changed": {"phone": [before, after]}}
    return _about(member, member.unit_id, changed), {"verb": "member.changed", **role}


def _about(thing: User | Member, unit: int | None, details: dict[str, Any]) -> dict[str, Any]:
    label = thing._meta.label_lower
    return {"kind": label, "thing": str(thing.pk), "label": str(thing), "unit": unit, "details": details}
