"""Bring the workspaces to this code's version, ring by ring. See docs/runbooks/release.md."""

import argparse
import json
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error as DatabaseFault
from django.db import transaction

from provisioning.fleet import counts, crew, faults, printing, reports, runs
from provisioning.fleet.progress import Progress
from provisioning.fleet.refusals import NothingToDo
from provisioning.fleet.runner import DatabaseGone
from provisioning.models import FleetRun
from shared.refusals import Refusal
from tenants.models import Tenant
from tenants.models.tenant import Ring

# What the command ends with; docs/runbooks/release.md has the table.
SOME_FAILED, NOT_POSSIBLE, STOPPED, GONE, INTERRUPTED = 1, 2, 3, 4, 130
MOST_JOBS = 16
RINGS = [ring.name.lower() for ring in Ring]


class Command(BaseCommand):
    help = "Show and run the migration of all workspaces to this code's version."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="status|plan|migrate|resume|pause|retry")
        _output(verbs.add_parser("status", help="versions in use, and how far the roll-out is"))
        plan = _output(verbs.add_parser("plan", help="who is behind and what would be done; changes nothing"))
        plan.add_argument("--sql", action="store_true", help="print the statements too")
        migrate = _work(verbs.add_parser("migrate", help="migrate ring after ring, up to and with the one named"))
        migrate.add_argument("--ring", required=True, choices=RINGS, help="the last ring to migrate")
        migrate.add_argument("--dry-run", action="store_true", help="the same as plan")
        _work(verbs.add_parser("resume", help="go on after a pause, a stop or a kill"))
        verbs.add_parser("pause", help="take no further workspace; those in hand are finished")
        retry = _work(verbs.add_parser("retry", help="give failed workspaces another turn, and go on"))
        retry.add_argument("--workspace", help="only this one: the label of its address")

    def handle(self, *args: Any, **options: Any) -> None:
        verbs: dict[str, Callable[[dict[str, Any]], None]] = {
            "status": self._status,
            "plan": self._plan,
            "migrate": self._migrate,
            "resume": self._resume,
            "pause": self._pause,
            "retry": self._retry,
        }
        try:
            verbs[options["verb"]](options)
        except Refusal as refusal:
            raise CommandError(str(refusal), returncode=NOT_POSSIBLE) from refusal
        except (DatabaseGone, DatabaseFault) as error:
            if not isinstance(error, DatabaseGone) and not faults.is_lost(error):
                raise
            said = f"The database does not answer: {error}".rstrip()
            raise CommandError(
                f"{said}\nNo workspace is half migrated. When it is back: manage.py fleet resume", returncode=GONE
            ) from error
        except KeyboardInterrupt as interrupt:
            raise CommandError(
                "Interrupted. No workspace is half migrated. To go on: manage.py fleet resume", returncode=INTERRUPTED
            ) from interrupt

    def _status(self, options: dict[str, Any]) -> None:
        self._print(reports.status(), options, printing.status)

    def _plan(self, options: dict[str, Any]) -> None:
        # A way that is new is rendered for the answer, and not kept: asking changes nothing.
        with transaction.atomic():
            found = reports.plan()
            transaction.set_rollback(True)
        self._print(found, options, lambda report: printing.plan(report, sql=options.get("sql", False)))

    def _migrate(self, options: dict[str, Any]) -> None:
        if options["dry_run"]:
            self._plan(options)
            return
        budget = settings.FLEET_ERROR_BUDGET if options["max_failures"] is None else options["max_failures"]
        try:
            run = runs.begin(through=Ring[options["ring"].upper()], error_budget=budget, by="command line")
        except NothingToDo:
            self._print(reports.status(), options, printing.nothing)
            return
        self._work(run, options)

    def _resume(self, options: dict[str, Any]) -> None:
        run = _with_budget(runs.required(), options)
        runs.resume(run)
        self._work(run, options)

    def _pause(self, options: dict[str, Any]) -> None:
        runs.pause(runs.required())
        self.stdout.write("Paused. To go on: manage.py fleet resume")

    def _retry(self, options: dict[str, Any]) -> None:
        tenant = None
        if slug := options["workspace"]:
            tenant = Tenant.objects.filter(slug=slug).first()
            if tenant is None:
                raise CommandError(f"No workspace is called {slug}.", returncode=NOT_POSSIBLE)
        run = _with_budget(runs.required(), options)
        number = runs.retry(run, tenant=tenant)
        self.stderr.write(f"{number} to try again.", style_func=str)
        self._work(run, options)

    def _work(self, run: FleetRun, options: dict[str, Any]) -> None:
        progress = Progress(run, self._draw, is_terminal=self.stderr.isatty())
        try:
            crew.work(run, jobs=_jobs(options), on_turn=progress.tick)
        except KeyboardInterrupt:
            self._draw("\n")
            raise
        progress.close()
        run.refresh_from_db()
        self._print(reports.of_run(run), options, printing.run)
        self._judge(run)

    def _judge(self, run: FleetRun) -> None:
        """How it ended, as the exit code."""
        failed = counts.allowed(run, counts.rings(run)).failed
        if run.state == FleetRun.State.STOPPED:
            ring = counts.over_budget(run)
            named = f" in the ring {ring.name.lower()}" if ring is not None else ""
            raise CommandError(
                f"Stopped: more than {run.error_budget:g} % failed{named}. "
                "Put the cause right, then: manage.py fleet retry",
                returncode=STOPPED,
            )
        if run.state in {FleetRun.State.PAUSED, FleetRun.State.SUPERSEDED}:
            raise CommandError(f"The run is {run.state}; somebody else said so.", returncode=STOPPED)
        if failed:
            raise CommandError(
                f"Finished, but {failed} failed. Put the cause right, then: manage.py fleet retry",
                returncode=SOME_FAILED,
            )

    def _draw(self, text: str) -> None:
        self.stderr.write(text, style_func=str, ending="")
        self.stderr.flush()

    def _print(
        self, report: dict[str, Any], options: dict[str, Any], as_text: Callable[[dict[str, Any]], list[str]]
    ) -> None:
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2, default=str))
        else:
            self.stdout.write("\n".join(as_text(report)))


def _output(parser: CommandParser) -> CommandParser:
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    return parser


def _work(parser: CommandParser) -> CommandParser:
    parser.add_argument("--jobs", type=_whole, default=1, help=f"connections at once, up to {MOST_JOBS}")
    parser.add_argument(
        "--max-failures", type=_percent, help=f"percent of a ring that may fail (default {settings.FLEET_ERROR_BUDGET})"
    )
    return _output(parser)


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MOST_JOBS):
        raise argparse.ArgumentTypeError(f"{text!r}: write a whole number from 1 to {MOST_JOBS}")
    return int(text)


def _percent(text: str) -> float:
    try:
        value = float(text.removesuffix("%"))
    except ValueError:
        value = -1
    if not 0 <= value <= 100:
        raise argparse.ArgumentTypeError(f"{text!r}: write a percentage from 0 to 100")
    return value


def _jobs(options: dict[str, Any]) -> int:
    """Raises CommandError when the connection pool is smaller than what is asked for."""
    pool = settings.DATABASES["default"].get("OPTIONS", {}).get("pool")
    most = pool.get("max_size", MOST_JOBS) if isinstance(pool, dict) else MOST_JOBS
    jobs = int(options["jobs"])
    if jobs > most:
        raise CommandError(f"--jobs {jobs}: the pool holds {most} (DATABASE_POOL).", returncode=NOT_POSSIBLE)
    return jobs


def _with_budget(run: FleetRun, options: dict[str, Any]) -> FleetRun:
    if options["max_failures"] is not None:
        run.error_budget = options["max_failures"]
        run.save(update_fields=["error_budget"])
    return run
