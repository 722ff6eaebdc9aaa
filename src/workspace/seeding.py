"""Door 1: what a fresh workspace starts with. Runs as the new workspace; returns values only.

In two parts: `furnish` depends on the kind of organisation and the day alone, so its rows are made once a day and
copied into each new workspace (`provisioning.image`); `welcome` is what belongs to one organisation.
"""

from dataclasses import dataclass
from datetime import date

from shared.script import Script
from workspace.access import seeds as access
from workspace.accounts import seeds as accounts
from workspace.activities import seeds as activities
from workspace.audit import actions as audit
from workspace.organization import seeds as organization


@dataclass(frozen=True)
class Start:
    """Who it is for. Phone may be empty."""

    name: str  # of the organisation
    kind: str
    admin_name: str
    admin_email: str
    admin_phone: str = ""


def furnish(kind: str, *, on: date) -> None:
    """The unit-type template: a tree, and what it owes from this day on. No person and no secret."""
    organization.furnish(kind)
    activities.furnish(on=on)


def welcome(start: Start, script: Script) -> None:
    """The organisation's name on the tree, and its first administrator. Once, and behind what furnishes."""
    root = organization.welcome(start.kind, start.name, script)
    admin = accounts.welcome(name=start.admin_name, email=start.admin_email, phone=start.admin_phone, script=script)
    access.welcome(admin, organization.ROOT, script)
    opened = audit.entry("workspace.opened", of=root, by=None, details={"kind": start.kind})
    opened.thing = opened.unit = organization.ROOT  # type: ignore[assignment]  # found when the script runs
    script.insert(opened)


def activation_path(email: str) -> str | None:
    """A fresh activation path for an administrator who has not set a password yet; None when nobody such is there."""
    return accounts.activation_path(email)
