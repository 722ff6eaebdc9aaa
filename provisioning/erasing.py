"""The steps of a closing: what is sealed, what is deleted, and how it is proven that nothing is left.

Each is given the Closing. Each may run twice: what is gone already is passed over.
"""

import hashlib
import json
import shutil
import tempfile
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from provisioning import fallbacks, files
from provisioning.models import Closing, Restoring, Signup
from shared.clock import now
from shared.queue import later
from shared.refusals import Refusal
from tenants import addresses, context, keys, lifecycle, schemas, sealed_files, worker
from tenants.models import Domain, Tenant
from workspace import portability

_NO_TIMEOUT = 0


class CancelledMeanwhile(Refusal):
    message = _("这次关闭已经撤销，没有要做的步骤。")


class NotErased(Exception):
    """A store still holds something of the workspace; the text names the stores."""


def leave(closing: Closing) -> None:
    """No address leads there and no job of it runs any more. From here on it cannot be taken back."""
    closing.refresh_from_db()
    if closing.cancelled_at:
        raise CancelledMeanwhile
    addresses.bury(closing.tenant, at=now())
    worker.drop_jobs(closing.tenant.uuid)


def export(closing: Closing) -> None:
    """Everything in one archive, sealed under the workspace's own key."""
    tenant = closing.tenant
    destination = _archive(closing, f"{closing.uuid}.sealed")
    destination.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=destination.parent) as folder:
        plain = Path(folder) / "workspace.zip"
        with context.inside(tenant, timeout_ms=_NO_TIMEOUT):
            portability.export(plain, at=now())
        key = keys.unwrap(tenant.sealed_key or b"", tenant.uuid)
        closing.archive_digest = sealed_files.seal(plain, destination, key=key, workspace=tenant.uuid)
    closing.archive, closing.archive_bytes = destination.name, destination.stat().st_size
    closing.save(update_fields=["archive", "archive_bytes", "archive_digest"])


def drop_schema(closing: Closing) -> None:
    """Tables, schema and role, and those that a restore had put aside."""
    fallbacks.drop_all(closing.tenant, at=now())
    schemas.drop(closing.tenant.schema_name)


def delete_files(closing: Closing) -> None:
    """Uploads and the exports that its people made."""
    for folder in _folders(closing.tenant):
        shutil.rmtree(folder, ignore_errors=True)
    for row in Restoring.objects.filter(tenant=closing.tenant):
        files.forget(row)


def archive(closing: Closing) -> None:
    """What is left is the sealed archive."""
    closing.archived_at = now()
    closing.save(update_fields=["archived_at"])
    closing.tenant.closes_at = None
    lifecycle.move(closing.tenant, to=Tenant.State.ARCHIVED, by="platform", reason=closing.reason, also=["closes_at"])


def destroy_key(closing: Closing) -> None:
    """Without the key every copy of the archive, in backups too, is noise; ours is deleted as well."""
    tenant = closing.tenant
    tenant.sealed_key = None
    tenant.save(update_fields=["sealed_key"])
    delete_archive(closing)


def delete_archive(closing: Closing) -> None:
    """The sealed file, where there is one."""
    if closing.archive:
        _archive(closing, closing.archive).unlink(missing_ok=True)


def unseal(closing: Closing, destination: Path) -> None:
    """The plain archive of a closed workspace, to restore it from. Raises sealed_files.BrokenFile, OSError."""
    tenant = closing.tenant
    key = keys.unwrap(tenant.sealed_key or b"", tenant.uuid)
    sealed_files.unseal(_archive(closing, closing.archive), destination, key=key, workspace=tenant.uuid)


def prove(closing: Closing) -> None:
    """Look into every store and write down that nothing is there. Raises NotErased naming those that hold something."""
    found = stores(closing)
    if left := [name for name, number in found.items() if number]:
        raise NotErased(", ".join(left))
    said = {"workspace": str(closing.tenant.uuid), "at": now().isoformat(), "stores": found}
    digest = hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
    closing.proof = {**said, "archive_sha256": closing.archive_digest, "sha256": digest}
    closing.save(update_fields=["proof"])


def stores(closing: Closing) -> dict[str, int]:
    """Every place that could hold something of the workspace → how many things are there."""
    tenant = Tenant.objects.get(pk=closing.tenant_id)
    sealed = _archive(closing, closing.archive)
    return {
        "schema": int(schemas.exists(closing.schema_name)) + int(schemas.exists(tenant.schema_name)),
        "role": int(schemas.role_exists(closing.schema_name)) + int(schemas.role_exists(tenant.schema_name)),
        "tables": schemas.tables(closing.schema_name),
        "put aside": fallbacks.of_tenant(tenant).count(),
        "files": sum(1 for folder in _folders(tenant) for path in folder.rglob("*") if path.is_file()),
        "archive": int(bool(closing.archive) and sealed.exists()),
        "jobs": worker.waiting_jobs(tenant.uuid),
        "key": int(bool(tenant.sealed_key)),
        "addresses": Domain.objects.filter(tenant=tenant).count(),
    }


def clear_records(closing: Closing) -> None:
    """The proof goes to the contact; then the contact, and whatever else the platform knew of persons, goes too."""
    tenant = closing.tenant
    opening = getattr(tenant, "opening", None)
    if opening:
        later("provisioning.mail_erased", closing_id=closing.pk, email=opening.admin_email)
        opening.admin_name = opening.admin_email = opening.admin_phone = opening.error = ""
        opening.save(update_fields=["admin_name", "admin_email", "admin_phone", "error"])
        Signup.objects.filter(opening=opening).delete()
    # The address is free in a year (`addresses.bury`); until then its tombstone holds it, not this row.
    tenant.slug = tenant.schema_name
    lifecycle.move(tenant, to=Tenant.State.PURGED, by="platform", reason=closing.reason, also=["slug"])


def _archive(closing: Closing, name: str) -> Path:
    return Path(settings.ARCHIVES_ROOT) / "closed" / (name or "none")


def _folders(tenant: Tenant) -> list[Path]:
    return [Path(root) / str(tenant.uuid) for root in (settings.MEDIA_ROOT, settings.ARCHIVES_ROOT)]
