"""Take a workspace out, judge an archive, bring one back, copy one."""

import json
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from provisioning import cloning, closing, erasing, fallbacks, restoring, template
from provisioning.models import Restoring
from provisioning.terminal import Bar
from shared.clock import now
from shared.refusals import Refusal
from shared.workspace import absolute_url
from tenants import context, schemas
from tenants.models import Tenant
from tenants.sealed_files import BrokenFile
from workspace import portability
from workspace.archives.files import digest_of

BY = "command line"
Answer = dict[str, Any]


class Command(BaseCommand):
    help = "Export, verify, restore and clone workspaces."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="verb")
        export = _verb(verbs, "export", "write the whole workspace to one archive", "workspace")
        export.add_argument("--to", type=Path, help="the file; by default ./<workspace>-<time>.zip")
        verify = _verb(verbs, "verify", "prove an archive to its last byte; changes nothing", "file")
        verify.add_argument("--workspace", help="it must come from this one")
        restore = _verb(verbs, "restore", "replace a workspace's content by an archive's", "workspace", "file")
        restore.add_argument("--reason", required=True, help="kept with the workspace's history")
        clone = _verb(verbs, "clone", "a new workspace with the content of another one", "workspace", "slug")
        clone.add_argument("--name", required=True, help="what the new workspace is called")
        back = _verb(verbs, "back", "let the content before the last restore return", "workspace")
        back.add_argument("--reason", required=True, help="kept with the workspace's history")
        _verb(verbs, "resume", "go on with a restore, clone or back that was interrupted", "workspace")
        _verb(verbs, "abandon", "give up one that will not succeed; the workspace is as it was", "workspace")
        unseal = _verb(verbs, "unseal", "the archive of a closed workspace, to restore it from", "workspace")
        unseal.add_argument("--to", type=Path, required=True, help="the file to write")
        _verb(verbs, "forget", "drop what the last restores put aside, for good", "workspace")

    def handle(self, *args: Any, **options: Any) -> None:
        begun = time.perf_counter()
        try:
            answer = getattr(self, f"_{options['verb']}")(options)
        except (Refusal, ValidationError, BrokenFile, OSError) as error:
            said = _words(error)
            if options["json"]:
                code = error.code if isinstance(error, Refusal) else type(error).__name__
                self.stdout.write(json.dumps({"error": code, "message": said}, ensure_ascii=False))
            raise CommandError(said) from error
        answer["seconds"] = round(time.perf_counter() - begun, 3)
        if options["json"]:
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(f"{name:<10}{value}" for name, value in answer.items()))

    def _export(self, options: dict[str, Any]) -> Answer:
        tenant = _tenant(options["workspace"])
        if not schemas.exists(tenant.schema_name):
            raise CommandError(f"{tenant.slug} is {tenant.state} and has no content.")
        target = options["to"] or Path(f"{tenant.slug}-{now():%Y%m%d-%H%M%S}.zip")
        bar = Bar("export")
        with context.inside(tenant, timeout_ms=0, snapshot=True):
            made = portability.export(target, at=now(), progress=bar)
        bar.close()
        return {"file": str(target), **_about(made), "bytes": target.stat().st_size, "sha256": digest_of(target)}

    def _verify(self, options: dict[str, Any]) -> Answer:
        if options["workspace"]:
            tenant = _tenant(options["workspace"])
        else:
            claimed = portability.peek(options["file"])
            found = Tenant.objects.filter(uuid=claimed.workspace).first()
            if found is None:
                raise CommandError(f"It says it comes from {claimed.workspace}, which is no workspace here.")
            tenant = found
        bar = Bar("verify")
        said = portability.check(options["file"], of=tenant.workspace, progress=bar)
        bar.close()
        return {"file": str(options["file"]), "verified": True, **_about(said)}

    def _restore(self, options: dict[str, Any]) -> Answer:
        tenant, bar = _tenant(options["workspace"]), Bar("verify")
        row = restoring.ask(tenant, options["file"], by=BY, reason=options["reason"], progress=bar)
        bar.close()
        return self._run(row)

    def _clone(self, options: dict[str, Any]) -> Answer:
        source = _tenant(options["workspace"])
        return self._run(cloning.ask(source, slug=options["slug"], name=options["name"], by=BY))

    def _back(self, options: dict[str, Any]) -> Answer:
        return self._run(fallbacks.ask_back(_tenant(options["workspace"]), by=BY, reason=options["reason"]))

    def _resume(self, options: dict[str, Any]) -> Answer:
        return self._run(_unfinished(options["workspace"]))

    def _abandon(self, options: dict[str, Any]) -> Answer:
        row = _unfinished(options["workspace"])
        fallbacks.abandon(row)
        return {"workspace": row.tenant.slug, "state": row.tenant.state, "abandoned": row.kind}

    def _unseal(self, options: dict[str, Any]) -> Answer:
        tenant = _tenant(options["workspace"])
        row = closing.running(tenant)
        if row is None or row.archived_at is None:
            raise CommandError(f"{tenant.slug} is {tenant.state} and has no sealed archive.")
        erasing.unseal(row, options["to"])
        return {
            "file": str(options["to"]),
            "kept_until": row.kept_until.isoformat(),
            "sha256": digest_of(options["to"]),
        }

    def _forget(self, options: dict[str, Any]) -> Answer:
        tenant = _tenant(options["workspace"])
        return {"workspace": tenant.slug, "dropped": fallbacks.drop_all(tenant, at=now())}

    def _run(self, row: Restoring) -> Answer:
        bar = Bar(row.kind)
        try:
            restoring.run(row, progress=bar)
        finally:
            bar.close()
        tenant = row.tenant
        tenant.refresh_from_db()
        return {
            "workspace": tenant.slug,
            "url": absolute_url(tenant.slug),
            "state": Tenant.State(tenant.state).value,
            "rows": row.rows,
            "content": row.content,
            "behind": tenant.migration_head != template.head(),
            "fallback": row.fallback_until.isoformat() if row.fallback_until else None,
            "notes": row.notes,
            "steps": {step.name: step.milliseconds for step in row.steps.order_by("pk")},
        }


def _words(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return "; ".join(error.messages)
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}"
    return str(error)


def _verb(verbs: Any, name: str, about: str, *arguments: str) -> ArgumentParser:
    parser: ArgumentParser = verbs.add_parser(name, help=about, description=about)
    for argument in arguments:
        if argument == "file":
            parser.add_argument(argument, type=Path)
        else:
            parser.add_argument(argument, help="the label of its address")
    parser.add_argument("--json", action="store_true", help="answer as JSON, errors too")
    return parser


def _tenant(slug: str) -> Tenant:
    found = Tenant.objects.filter(slug=slug).first()
    if found is None:
        raise CommandError(f"No workspace is called {slug}.")
    return found


def _unfinished(slug: str) -> Restoring:
    rows = Restoring.objects.select_related("tenant", "source").filter(tenant__slug=slug, finished_at__isnull=True)
    row = rows.first()
    if row is None:
        raise CommandError(f"Nothing is under way for {slug}.")
    return row


def _about(said: portability.Manifest) -> Answer:
    return {
        "workspace": said.slug,
        "created": said.created_at.isoformat(),
        "rows": said.rows,
        "uploads": len(said.uploads),
        "unpacked": said.unpacked,
        "content": said.content,
        "head": said.head,
    }
