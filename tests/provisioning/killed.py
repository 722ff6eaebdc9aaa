"""A process that runs a restoring and kills itself with SIGKILL in the middle: `killed <database> <media> <archives>
<row> <step> <before|after|milliseconds>`. Prints `running` first."""

import os
import signal
import sys
import threading
import time
from pathlib import Path

import django
from django.conf import settings

database, media, archives, pk, step, moment = sys.argv[1:]
settings.DATABASES["default"]["NAME"] = database
settings.MEDIA_ROOT, settings.ARCHIVES_ROOT = Path(media), Path(archives)
django.setup()

from provisioning import restoring  # noqa: E402
from provisioning.models import Restoring  # noqa: E402

whole = restoring.steps


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def steps(row, progress=None):
    def deadly(work):
        def run(saga_row: Restoring) -> None:
            if moment == "after":
                work(saga_row)
            die()

        return run

    return tuple((name, deadly(work) if name == step else work) for name, work in whole(row, progress))


def die_after(seconds: float) -> None:
    time.sleep(seconds)
    die()


if step != "any":
    restoring.steps = steps
row = Restoring.objects.select_related("tenant", "source").get(pk=pk)
print("running", flush=True)  # noqa: T201
if step == "any":
    threading.Thread(target=die_after, args=(int(moment) / 1000,), daemon=True).start()
restoring.run(row)
