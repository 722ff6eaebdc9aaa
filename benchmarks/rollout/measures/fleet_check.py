"""Is anybody behind? What `manage.py fleet plan` takes where nobody is, in a process that has started: `rounds`."""

import benchmarks.rollout.product  # noqa: F401, I001  settings before everything
import io
import json
import sys
import time
from statistics import median

from django.core.management import call_command, get_commands

if "fleet" not in get_commands():
    print(json.dumps({"skipped": "no command `fleet` in this code"}))
    sys.exit()
spent = []
for _ in range(int(sys.argv[1])):
    begun = time.perf_counter()
    call_command("fleet", "plan", stdout=io.StringIO())
    spent.append(time.perf_counter() - begun)
print(json.dumps({"fleet_noop_ms": round(median(spent) * 1000, 1)}))
