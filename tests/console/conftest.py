"""An operator, and workspaces by the hundred that are rows only."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from console.models import PlatformDay, Stage, Standing, Step, UsageDay
from tenants import context
from tenants.models import Tenant
from tests.support.cast import PASSWORD, Cast, Client
from workspace.accounts.models import User


@pytest.fixture
def operator(cast: Cast) -> User:
    """Somebody who runs the platform; lives in the control schema."""
    with context.control():
        return User.objects.create_user("operator", PASSWORD, name="周运营")


@pytest.fixture
def console(operator: User) -> Client:
    """The operator's browser at the console."""
    client = Client("console")
    with context.control():
        client.force_login(operator)
    return client


@pytest.fixture
def many() -> Callable[[int], list[Tenant]]:
    """`many(300)` makes that many workspaces in the control schema, with a standing and two days of counts each."""

    def make(number: int) -> list[Tenant]:
        at = timezone.now()
        tenants = Tenant.objects.bulk_create([_tenant(n, at) for n in range(number)])
        Standing.objects.bulk_create([_standing(tenant, n, at) for n, tenant in enumerate(tenants)])
        for back in (0, 1):
            day = timezone.localdate(at) - timedelta(days=back)
            UsageDay.objects.bulk_create(
                UsageDay(tenant=tenant, day=day, members=20 + n, active_week=n % 30, measured_at=at)
                for n, tenant in enumerate(tenants)
            )
            PlatformDay.objects.update_or_create(
                day=day,
                defaults={"workspaces": number, "weekly": number // 2, "members": 1, "stages": {}, "steps": {}},
            )
        return tenants

    return make


def _tenant(n: int, at: datetime) -> Tenant:
    opened = at - timedelta(days=n % 60)
    kinds = ("hospital", "university", "government")
    return Tenant(
        name=f"单位{n:03d}",
        slug=f"unit-{n:03d}",
        kind=kinds[n % 3],
        region="110000",
        state="active",
        activated_at=opened,
    )


def _standing(tenant: Tenant, n: int, at: datetime) -> Standing:
    stages = (Stage.OPENED, Stage.ACTIVATED, Stage.TREE, Stage.MEMBERS, Stage.MEETING, Stage.WEEKLY)
    return Standing(
        tenant=tenant,
        stage=stages[n % 6],
        step=Step(n % 5),
        members=n % 40,
        active_week=n % 7,
        measured_at=at,
        asked_at=at,
        last_active_on=timezone.localdate(at),
    )
