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


def may_elect(slug: str) -> None:
    """A branch of eight full members whose term ends in two months; its secretary and the administrator sign in."""
    from datetime import date

    from rules import add_months
    from shared.clock import now, today
    from tenants import context
    from tenants.models import Tenant
    from tests.journeys.steps import PASSWORD
    from workspace.access.models import Grant, Role
    from workspace.accounts.models import User
    from workspace.members.actions.events import register_many
    from workspace.members.models import Member
    from workspace.organization.models import Unit

    with context.inside(Tenant.objects.get(slug=slug)):
        branch = Unit.objects.filter(type=Unit.Type.BRANCH, is_sample=False).order_by("path")[0]
        Unit.objects.filter(pk=branch.pk).update(elected_on=add_months(today(), -34))
        names = ("周书记", "吴委员", "郑委员", "王强", "冯燕", "陈静", "褚明", "卫华")
        said = {"unit": branch, "joined_on": date(2010, 1, 1), "converted_on": date(2011, 1, 1)}
        rows = [Member(name=name, **said) for name in names]
        register_many(Member.objects.bulk_create(rows), on=today(), by=None, at=now())
        secretary = User.objects.create_user("shuji", PASSWORD, name="周书记")
        Member.objects.filter(name="周书记").update(user=secretary)
        Grant.objects.create(user=secretary, role=Role.SECRETARY, unit=branch)
        admin = User.objects.get(grants__role=Role.ADMIN)
        admin.set_password(PASSWORD)
        admin.password_set_at = now()
        admin.save()


def may_appraise(slug: str) -> None:
    """The same branch, and one of its members signs in too."""
    from tenants import context
    from tenants.models import Tenant
    from tests.journeys.steps import PASSWORD
    from workspace.access.models import Grant, Role
    from workspace.accounts.models import User
    from workspace.members.models import Member

    may_elect(slug)
    with context.inside(Tenant.objects.get(slug=slug)):
        member = Member.objects.select_related("unit").get(name="王强")
        member.user = User.objects.create_user("wangqiang", PASSWORD, name="王强")
        member.save(update_fields=["user"])
        Grant.objects.create(user=member.user, role=Role.MEMBER, unit=member.unit)
