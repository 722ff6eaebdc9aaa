"""More people for the tests of access: what each of the built-in roles is, in the first branch."""

from datetime import timedelta

from shared.clock import today
from tests.support.cast import PASSWORD, Cast
from workspace.access.models import Grant
from workspace.accounts.models import User
from workspace.organization.models import Unit

SINCE, UNTIL = today(), today() + timedelta(days=10)


def root() -> Unit:
    return Unit.objects.get(depth=1)


def branch(name: str = "第一党支部") -> Unit:
    return Unit.objects.get(name=name)


def person(username: str, role: str = "", unit: Unit | None = None) -> User:
    """Somebody who can sign in, perhaps with a role."""
    user = User.objects.create_user(username, PASSWORD, name=f"名{username}")
    if role:
        Grant.objects.create(user=user, role=role, unit=unit or branch())
    return user


def three() -> dict[str, User]:
    """One for each office, by its code."""
    return {code: person(f"{code}1") for code in ("system", "security", "auditor")}


def held(username: str) -> Grant:
    """The first thing that somebody of the cast holds."""
    return Grant.objects.filter(user=Cast.user(username)).select_related("user", "unit").order_by("pk")[0]
