"""A process that opens and fills its share of the workspaces: `first last share shares`.

Prints a line per workspace that was not whole: `number opening-seconds filling-seconds`. Filling the pool is counted
into the openings that it serves.
"""

import benchmarks.rollout.product  # noqa: F401, I001  settings before everything
import sys
import time

from django.db import connection

from benchmarks.rollout import opening, shape
from benchmarks.rollout.copying import Copier
from benchmarks.rollout.server import superuser
from tenants.models import Tenant

SPARES = 20
FIRST, LAST, SHARE, SHARES = map(int, sys.argv[1:])


def main() -> None:
    model = Tenant.objects.get(slug=opening.slug(1))
    filled = _filled()
    waiting = [n for n in range(FIRST, LAST + 1) if n % SHARES == SHARE and n not in filled]
    with superuser() as server:
        copier = Copier(server, model.schema_name)
        for start in range(0, len(waiting), SPARES):
            some = waiting[start : start + SPARES]
            begun = time.perf_counter()
            if opening.has_pool():
                opening.fill_pool(len(some))
            ahead = (time.perf_counter() - begun) / len(some)
            for number in some:
                tenant, seconds = opening.opened(number)
                begun = time.perf_counter()
                copier.fill(tenant.schema_name)
                # The mark that it is whole, for a run that goes on after a cut.
                Tenant.objects.filter(pk=tenant.pk).update(stated_members=shape.MEMBERS)
                print(number, seconds + ahead if seconds else 0.0, time.perf_counter() - begun, flush=True)
    connection.close()


def _filled() -> set[int]:
    slugs = Tenant.objects.filter(stated_members=shape.MEMBERS, slug__startswith="unit-")
    return {int(slug.removeprefix("unit-")) for slug in slugs.values_list("slug", flat=True)}


main()
