"""Verify the records of workspaces against their chains and the marks kept outside them."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from provisioning import anchoring
from shared.clock import now
from tenants.models import Tenant
from workspace.usage import Proof


class Command(BaseCommand):
    help = "Verify each workspace's record; names the first line that is broken, missing or cut. Exit code 1 for any."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--workspace", help="only this one: the label of its address")
        parser.add_argument("--json", action="store_true", help="a line of JSON for each")

    def handle(self, *args: Any, **options: Any) -> None:
        found = Tenant.objects.active().order_by("slug")
        if options["workspace"]:
            found = found.filter(slug=options["workspace"])
            if not found:
                raise CommandError(f"No workspace in service is called {options['workspace']}.")
        broken = 0
        for tenant in found.iterator():
            if not anchoring.is_due(tenant):
                self._say(tenant, None, as_json=options["json"])
                continue
            proof = anchoring.prove(tenant, at=now(), asked=True)
            broken += proof.fault is not None
            self._say(tenant, proof, as_json=options["json"])
        if broken:
            raise CommandError(f"The record of {broken} is not what it was.")

    def _say(self, tenant: Tenant, proof: Proof | None, *, as_json: bool) -> None:
        fault = proof.fault if proof else None
        if as_json:
            said: dict[str, Any] = {"workspace": tenant.slug, "verified": bool(proof) and fault is None}
            if proof:
                said |= {"rows": proof.count, "digest": proof.digest}
            if fault:
                said |= {"fault": fault.kind, "position": fault.position, "entry": fault.entry}
            self.stdout.write(json.dumps(said))
        elif proof is None:
            self.stdout.write(f"{tenant.slug}: waits for its upgrade, not verified")
        elif fault is None:
            self.stdout.write(f"{tenant.slug}: {proof.count} rows fit. Fingerprint {proof.fingerprint or '—'}")
        else:
            row = f", entry {fault.entry}" if fault.entry else ""
            self.stdout.write(f"{tenant.slug}: {_WORDS[fault.kind].format(position=fault.position)}{row}")


_WORDS = {
    "broken": "row {position} is not what was sealed",
    "missing": "row {position} is missing",
    "cut": "row {position} and all behind it were cut off",
    "rewritten": "the chain was rewritten up to row {position} or before",
    "unguarded": "the wall around the record was taken down ({position} rows fit)",
}
