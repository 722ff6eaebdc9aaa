"""Run beside the product, over its database (`Running.python`): what would take too long by hand."""

from pathlib import Path


def fill_up(slug: str) -> None:
    """201 people in a branch, and a second administrator `second` with a password."""
    from tenants import context
    from tenants.models import Tenant
    from tests.journeys.steps import PASSWORD
    from tests.members.people import fill
    from workspace.access.models import Grant, Role
    from workspace.accounts.models import User
    from workspace.organization.models import Unit

    with context.inside(Tenant.objects.get(slug=slug)):
        fill(201, Unit.objects.filter(type__in=Unit.BRANCHES).order_by("path")[0])
        second = User.objects.create_user("second", PASSWORD, name="吴副书记")
        Grant.objects.create(user=second, role=Role.ADMIN, unit=Unit.objects.get(depth=1))


def stop_a_restore(slug: str, archive: str) -> None:
    """The root is renamed, and a restore that would undo it was written down and never begun, as when a machine went
    down."""
    from provisioning import restoring
    from tenants import context
    from tenants.models import Tenant
    from workspace.organization.models import Unit

    tenant = Tenant.objects.get(slug=slug)
    with context.inside(tenant):
        Unit.objects.filter(depth=1).update(name="改坏了的名称")
    restoring.ask(tenant, Path(archive), by="command line", reason="名称被改坏")


def root_of(slug: str) -> None:
    """Print what the root of the tree is called."""
    from tenants import context
    from tenants.models import Tenant
    from workspace.organization.models import Unit

    with context.inside(Tenant.objects.get(slug=slug)):
        print(Unit.objects.get(depth=1).name)  # noqa: T201 - read by the test
