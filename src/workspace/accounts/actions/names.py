"""User names that are made for people, so that nobody has to invent one."""

import re
import secrets

from shared.identity import name_pinyin
from workspace.accounts.models import User

_NOT_PLAIN = re.compile(r"[^a-z0-9]")
LONGEST = 32


def free_username(name: str) -> str:
    """`zhangsan`, or with a number behind it when the name is taken. Never the form of a phone or an e-mail."""
    base = plain_username(name)
    taken = set(User.objects.filter(username__startswith=base).values_list("username", flat=True))
    for candidate in (base, *(f"{base}{number}" for number in range(2, 100))):
        if candidate not in taken:
            return candidate
    return f"{base}{secrets.token_hex(3)}"


def plain_username(name: str) -> str:
    """The same without asking who has it: for the first person of a workspace."""
    base = _NOT_PLAIN.sub("", "".join(name_pinyin(name).syllables).casefold())[:LONGEST]
    return f"user{base[:8]}" if not base or base.isdigit() else base
