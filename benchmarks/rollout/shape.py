"""The mean shape of the roll-out: 226,400 units and 11,800 organisations make 19 units; about 470 members each.

The first workspace gets it as a real one would: by the product's own actions and its import of a roster.
"""

from benchmarks.rosters import roster
from shared.clock import now, today
from tenants import context
from tenants.models import Tenant
from tests.support import year
from workspace.access.models import Grant, Role
from workspace.members.actions.imports import opening as reading
from workspace.members.actions.imports import running
from workspace.members.models import Member
from workspace.organization import actions as organization
from workspace.organization.facts import Facts
from workspace.organization.models import Unit

UNITS = 19
MEMBERS = 470
MONTHS = 1  # of organisation life, so that pages and dashboards have something to show


def grow(tenant: Tenant) -> None:
    """Make a fresh workspace the model. Does nothing where its members are there already."""
    with context.inside(tenant):
        if Member.objects.count() >= MEMBERS:
            return
        admin = Grant.objects.get(role=Role.ADMIN).user
        root = Unit.objects.get(depth=1)
        for number in range(UNITS - Unit.objects.count()):
            organization.create(root, Facts(name=f"第{number + 1}业务党支部", type=Unit.Type.BRANCH), by=admin)
        branches = list(Unit.objects.filter(type=Unit.Type.BRANCH, is_sample=False))
        data = roster(MEMBERS, units=[unit.name for unit in branches], on=today())
        batch = reading.open_batch(data, file_name="roster.xlsx", by=admin, as_of=today())
        fields = {int(column): field for column, field in batch.mapping.items()}
        reading.choose_columns(batch, fields, defaults={}, as_of=today(), on=today())
        running.start(batch, by=admin, at=now())
    more = True
    while more:
        with context.inside(tenant):
            more = running.run_some(batch.pk, on=today(), at=now())
    with context.inside(tenant):
        year.live(Unit.objects.get(depth=1), branches, on=today(), months=MONTHS)
        assert Member.objects.count() == MEMBERS
        assert Unit.objects.count() == UNITS
