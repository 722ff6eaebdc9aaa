"""Who acts for whom (代): asked here, answered by the floor that keeps the roles."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from workspace.accounts.models import User

StandsInFor = Callable[[User], list[str]]

_answers: list[StandsInFor] = []
NAME_CHARS = 60


def answer_with(answer: StandsInFor) -> None:
    """`answer(user)` names those for whom this person acts at the moment. Called once, from a `ready()`."""
    _answers[:] = [answer]


def named(by: User | None) -> str:
    """How the record names who did it: 王五, or 王五（代李四）; empty for the machinery."""
    if by is None:
        return ""
    others = [name for answer in _answers for name in answer(by)]
    if not others:
        return by.name
    return _("{name}（代{others}）").format(name=by.name, others="、".join(others))[:NAME_CHARS]
