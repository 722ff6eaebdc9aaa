"""A small named cast: jia and yan are two partner organisations with the same names, keys and passwords inside."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django.db import transaction
from django.test import Client as DjangoClient

from console.actions import measuring
from provisioning import opening
from shared.clock import now
from tenants import context
from tenants.models import Tenant
from tests.support.jobs import run_jobs
from workspace.access.models import Grant, Role
from workspace.accounts.models import User
from workspace.members.models import Member
from workspace.organization.models import Unit

PASSWORD = "Correct-horse-9"
SLUGS = ("jia", "yan")


class Client(DjangoClient):
    """A browser. `at` says on which host: a slug, `console`, or nothing for the public site."""

    # Browsers share the stack of middleware: loading it looks at every static file, and takes longer than a page.
    _handlers: ClassVar[dict[bool, Any]] = {}

    def __init__(self, at: str = "", **defaults: Any) -> None:
        super().__init__(**defaults)
        self.handler = self._handlers.setdefault(self.handler.enforce_csrf_checks, self.handler)
        self.defaults["SERVER_NAME"] = f"{at}.localhost" if at else "localhost"


def open_cast() -> None:
    """Open both workspaces and their people; committed once for the whole session."""
    for slug in SLUGS:
        row = opening.run(
            opening.reserve(
                name=f"{slug}单位",
                slug=slug,
                kind="state_enterprise",
                admin_name="管理员",
                admin_email=f"owner@{slug}.example",
                by="tests",
            )
        )
        with context.inside(row.tenant):
            _people()
    # What the openings put off is done, so that every test begins with an empty queue.
    measuring.greet(at=now())
    with transaction.atomic():
        run_jobs()


def _people() -> None:
    root = Unit.objects.get(depth=1)
    first, second = (
        Unit.objects.add_child(Unit.objects.get(pk=root.pk), instance=Unit(name=name, type=Unit.Type.BRANCH))
        for name in ("第一党支部", "第二党支部")
    )
    owner = User.objects.get(grants__role=Role.ADMIN)
    owner.set_password(PASSWORD)
    owner.save()
    for username, name, role, unit in (
        ("secretary", "李书记", Role.SECRETARY, first),
        ("member", "王党员", Role.MEMBER, first),
        ("stranger", "赵外人", Role.MEMBER, second),
    ):
        user = User.objects.create_user(username, PASSWORD, name=name)
        Grant.objects.create(user=user, role=role, unit=unit)
        Member.objects.create(unit=unit, user=user, name=name)


@dataclass(frozen=True)
class Cast:
    """`jia` and `yi` are tenants. Read people inside: `with context.inside(cast.jia): cast.user("secretary")`."""

    jia: Tenant
    yan: Tenant

    @classmethod
    def assemble(cls) -> Self:
        jia, yan = (Tenant.objects.get(slug=slug) for slug in SLUGS)
        return cls(jia, yan)

    @staticmethod
    def user(username: str) -> User:
        """A person of the workspace in force; `owner` is its administrator."""
        if username == "owner":
            return User.objects.get(grants__role=Role.ADMIN)
        return User.objects.get(username=username)

    def signed_in(self, username: str, *, at: str = "jia") -> Client:
        """A browser of that person, signed in at a workspace."""
        client = Client(at)
        with context.inside(Tenant.objects.get(slug=at)):
            client.force_login(self.user(username))
        return client
