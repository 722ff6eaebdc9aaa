"""Move a subtree of n units to and fro in a tree of g × b branches, and read the tree of a past day.

Takes `n g b rounds`; prints `moved milliseconds queries` and `read milliseconds queries` for each round: the whole verb
with its checks, dated row and audit line, committed, and the query of the page.
"""

import os
import sys
import time
from collections.abc import Callable

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.arms.product"

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from provisioning import opening  # noqa: E402
from shared.clock import today  # noqa: E402
from tenants import context  # noqa: E402
from tenants.models import Tenant  # noqa: E402
from tests.support import year  # noqa: E402
from workspace.access.models import Grant, Role  # noqa: E402
from workspace.organization import actions, queries  # noqa: E402
from workspace.organization.facts import Facts  # noqa: E402
from workspace.organization.models import Unit  # noqa: E402

SIZE, GENERAL, BRANCHES, ROUNDS = map(int, sys.argv[1:])
SLUG = "subtree"


def opened() -> Tenant:
    """Two committees under the root, one of them above a general branch of as many units as move."""
    found = Tenant.objects.filter(slug=SLUG).first()
    if found is not None:
        return found
    asked = {"name": "大单位", "slug": SLUG, "kind": "hospital", "admin_name": "管理员"}
    tenant = opening.run(opening.reserve(**asked, admin_email="subtree@example.cn", by="bench")).tenant
    with context.inside(tenant):
        root, by = Unit.objects.get(depth=1), Grant.objects.get(role=Role.ADMIN).user
        year.grow(root, general=GENERAL, branches=BRANCHES, members=2)
        homes = [actions.create(root, Facts(name=f"第{n}分党委", type="611"), by=by) for n in (1, 2)]
        moving = actions.create(homes[0], Facts(name="搬动的党总支", type="621"), by=by)
        for number in range(SIZE - 1):
            actions.create(moving, Facts(name=f"第{number}党支部", type="631"), by=by)
    return tenant


def timed(name: str, act: Callable[[], object]) -> None:
    begun = time.perf_counter()
    with context.inside(tenant):
        act()
    spent = (time.perf_counter() - begun) * 1000
    with context.inside(tenant), CaptureQueriesContext(connection) as asked:
        act()
    print(name, spent, len(asked), flush=True)


def move() -> None:
    unit = Unit.objects.get(name="搬动的党总支")
    assert Unit.objects.below(unit).count() == SIZE
    above = queries.parent_of(unit)
    to = Unit.objects.exclude(pk=above.pk).get(name__in=["第1分党委", "第2分党委"])
    actions.move(unit, to=to, by=Grant.objects.get(role=Role.ADMIN).user)


call_command("migrate", verbosity=0)
tenant = opened()
with context.inside(tenant):
    person = Grant.objects.get(role=Role.ADMIN).user
for _round in range(ROUNDS):
    timed("moved", move)
    timed("read", lambda: queries.tree_on(person, today()))
