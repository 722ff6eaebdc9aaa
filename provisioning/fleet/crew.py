"""Several runners in one process, each on a connection of its own."""

import threading
from collections.abc import Callable

from django.db import connection

from provisioning.fleet.runner import Runner
from provisioning.fleet.turns import Taken
from provisioning.models import FleetRun


def work(run: FleetRun, *, jobs: int, on_turn: Callable[[Taken | None], object]) -> None:
    """Work on the run with `jobs` connections; this thread is one of them. The others end when it is interrupted.

    Raises DatabaseGone, or whatever a helper ended with.
    """
    stop = threading.Event()
    faults: list[BaseException] = []

    def help_out() -> None:
        try:
            Runner(FleetRun.objects.get(pk=run.pk), should_stop=stop.is_set).work()
        except BaseException as error:  # told in the thread that asked
            faults.append(error)
        finally:
            connection.close()

    helpers = [threading.Thread(target=help_out, name=f"fleet-{number}") for number in range(1, jobs)]
    for helper in helpers:
        helper.start()
    try:
        Runner(run, on_turn=on_turn).work()
    except BaseException:
        stop.set()
        raise
    finally:
        for helper in helpers:
            helper.join()
    if faults:
        raise faults[0]
