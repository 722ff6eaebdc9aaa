"""`make soak`: walk for as long as asked, over a database made for it. Prints operations, seed and leaks.

    python -m tests.isolation.walk --operations 1000000 --seed 7 [--pool] [--database name]

With `--database` the ground must be there already: a copy of the suite's database, say.
"""

import argparse
import json
import os
import secrets
import sys
import time


def main() -> int:
    given = _arguments()
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.isolation"
    os.environ["ISOLATION_DATABASE"] = given.database or "tongxin_soak"
    os.environ["DATABASE_POOL"] = "4" if given.pool else "0"
    import django

    django.setup()
    if not given.database:
        _build()
    from tests.isolation.walk import dice, ground, outings, walker

    out = outings.Outings(walker.Walker(ground.ground()))
    began = time.monotonic()
    leak, acts = "", {}
    try:
        acts = dice.walk(out, operations=given.operations, seed=given.seed)
    except walker.Leak as found:
        leak = str(found)
        out.walker.frames.clear()
    finally:
        done = out.walker.operations
        out.close()
    seconds = round(time.monotonic() - began, 1)
    print(json.dumps({"operations": done, "seed": given.seed, "pool": given.pool, "leaks": int(bool(leak)),
                      "leak": leak, "seconds": seconds, "acts": acts}))  # fmt: skip
    return 1 if leak else 0


def _arguments() -> argparse.Namespace:
    asked = argparse.ArgumentParser(prog="tests.isolation.walk", description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--operations", type=int, default=1_000_000)
    asked.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000))
    asked.add_argument("--pool", action="store_true", help="over a pool of connections, as on a server")
    asked.add_argument("--database", default="")
    return asked.parse_args()


def _build() -> None:
    """The control schema and the cast's two workspaces, from nothing."""
    from django.conf import settings
    from django.core.management import call_command

    from tests.support.cast import open_cast

    settings.CLUSTER.ensure_running()
    settings.CLUSTER.fresh_database(settings.DATABASES["default"]["NAME"])
    call_command("migrate", verbosity=0)
    open_cast()


if __name__ == "__main__":
    sys.exit(main())
