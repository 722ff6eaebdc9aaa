"""Who is an administrator, as far as signing in cares: shorter idle time, a second factor.

Roles live on a floor above; `workspace.access` registers the question's answer. Every operator is one.
"""

from collections.abc import Callable

from shared.workspace import workspace_id
from workspace.accounts.models import User

_answers: list[Callable[[User], bool]] = []


def answer_with(answer: Callable[[User], bool]) -> None:
    """`answer(user)` says whether this person administers the workspace in force."""
    if answer not in _answers:
        _answers.append(answer)


def is_administrator(user: User) -> bool:
    """Whether the stricter rules hold for this person."""
    return workspace_id() == "control" or any(answer(user) for answer in _answers)
