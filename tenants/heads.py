"""Which schema versions (heads) the running code can serve (tenancy.md, decision 9).

The code of release N serves schemas of N−1 and N. Which heads those are is known one floor up, where releases are
rendered; that floor registers a rule here. Without a rule every head is served.
"""

from collections.abc import Callable

Rule = Callable[[], frozenset[str]]

_rule: Rule | None = None
_ours: Callable[[], str] | None = None
_known: frozenset[str] | None = None


def register(rule: Rule, *, ours: Callable[[], str]) -> None:
    """`rule()` names the heads this code serves. It may ask the database: it runs once a process, at the first need.
    `ours()` is the one that this code was written for."""
    global _rule, _ours
    _rule, _ours = rule, ours
    forget()


def is_servable(head: str) -> bool:
    """Whether this code may touch a schema of that version. Raises DatabaseError when the first answer has none."""
    global _known
    if _rule is None:
        return True
    if _known is None:
        _known = _rule()
    return head in _known


def is_behind(head: str) -> bool:
    """Whether a schema of that version may lack what this code was written for."""
    return _ours is not None and head != _ours()


def forget() -> None:
    """Ask the rule again at the next need. For tests that change the code's release."""
    global _known
    _known = None
