"""A process that makes the control schema and the model workspace, unless they are there. Prints its schema."""

import benchmarks.rollout.product  # noqa: F401, I001  settings before everything

from django.core.management import call_command

from benchmarks.rollout import opening, shape
from provisioning import template
from tenants.models import Tenant

call_command("migrate", verbosity=0)
made = template.release()
others = Tenant.objects.exclude(migration_head__in=["", made.head]).count()
if others:
    raise SystemExit(f"{others} workspaces are of another release: run with --fresh.")
tenant, _seconds = opening.opened(1)
shape.grow(tenant)
Tenant.objects.filter(pk=tenant.pk).update(stated_members=shape.MEMBERS)
print(tenant.schema_name)
