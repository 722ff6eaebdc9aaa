"""Every permission of the product (权限): one verb, its words, and the built-in roles that hold it.

Each app declares its verbs in a module `permissions`, which `workspace.access` has loaded when the process starts;
`tests/architecture/test_permissions.py` compares them with the verbs that the sources ask for. A verb that is not
declared raises KeyError wherever it is asked: a typo opens no door.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Built-in roles by their codes (`workspace.access.models.Role`), from few to many.
MANAGERS = frozenset({"admin", "manager"})
SECRETARIES = MANAGERS | {"secretary"}
ORGANIZERS = SECRETARIES | {"organizer"}
COMMITTEE = ORGANIZERS | {"publicity", "committee"}
OFFICERS = COMMITTEE | {"discipline"}
EVERYBODY = OFFICERS | {"member"}
NOBODY: frozenset[str] = frozenset()


class Duty(Enum):
    """Whose work a permission is. Where the three administrators are apart, the last three are theirs alone."""

    BUSINESS = "business"
    SYSTEM = "system"
    SECURITY = "security"
    AUDIT = "audit"


class Sensitivity(Enum):
    """How much harm the wrong hands could do with it."""

    PUBLIC = "public"
    INTERNAL = "internal"
    SENSITIVE = "sensitive"

    @property
    def label(self) -> Promise:
        return _SENSITIVITIES[self]


_SENSITIVITIES = {
    Sensitivity.PUBLIC: _("公开"),
    Sensitivity.INTERNAL: _("内部"),
    Sensitivity.SENSITIVE: _("敏感"),
}
# The administrator who has a duty, beside the one who has them all.
OFFICE_OF = {Duty.SYSTEM: "system", Duty.SECURITY: "security", Duty.AUDIT: "auditor"}


@dataclass(frozen=True, slots=True)
class Permission:
    """`roles` hold it out of the box; what is not BUSINESS also belongs to `admin` and to the office of its duty."""

    verb: str
    label: Promise
    roles: frozenset[str] = NOBODY
    sensitivity: Sensitivity = Sensitivity.INTERNAL
    duty: Duty = Duty.BUSINESS

    @property
    def holders(self) -> frozenset[str]:
        office = OFFICE_OF.get(self.duty)
        return self.roles | {"admin", office} if office else self.roles


@dataclass(frozen=True, slots=True)
class Group:
    """What one app lets people do."""

    app: str
    label: Promise
    permissions: tuple[Permission, ...]


_groups: dict[str, Group] = {}
_by_verb: dict[str, Permission] = {}


def declare(app: str, label: Promise, *permissions: Permission) -> None:
    """Say once, when the process starts, what an app lets people do. Raises ValueError for a verb of another app."""
    for one in permissions:
        there = group_of(one.verb)
        if there is not None and there.app != app:
            raise ValueError(f"{one.verb} is declared by {there.app} and by {app}")
    _groups[app] = Group(app, label, permissions)
    _by_verb.update({one.verb: one for one in permissions})


def groups() -> list[Group]:
    """All of them, in the order in which the apps stand."""
    return list(_groups.values())


def catalogue() -> Iterator[Permission]:
    """Every permission, group by group."""
    for group in _groups.values():
        yield from group.permissions


def permission(verb: str) -> Permission:
    """Raises KeyError for a verb that nobody declared."""
    return _by_verb[verb]


def group_of(verb: str) -> Group | None:
    """The group a verb stands in; None for one that nobody declared."""
    return next((group for group in _groups.values() if any(one.verb == verb for one in group.permissions)), None)


def verbs_of_role(code: str) -> frozenset[str]:
    """What a built-in role holds; nothing for an unknown one."""
    return frozenset(one.verb for one in catalogue() if code in one.holders)
