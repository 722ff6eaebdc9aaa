"""Let archives go whose time is over. Only workspaces that have any are entered: most have none."""

import shutil
from datetime import datetime
from pathlib import Path
from uuid import UUID

import structlog
from django.conf import settings

from shared.refusals import Refusal
from tenants import context
from tenants.models import Tenant
from workspace.archives import actions

log = structlog.get_logger(__name__)


def sweep_archives(*, at: datetime) -> int:
    """Returns how many files went. One workspace that cannot be entered does not keep the others from it."""
    gone = 0
    for folder in _folders():
        tenant = Tenant.objects.filter(uuid=folder.name).first()
        if tenant is None or tenant.state == Tenant.State.PURGED:
            shutil.rmtree(folder)
            continue
        if not tenant.is_serving:
            continue
        try:
            with context.inside(tenant):
                gone += actions.sweep(at=at)
        except (Refusal, OSError) as error:
            log.warning("archives_not_swept", workspace=folder.name, error=str(error))
    return gone


def _folders() -> list[Path]:
    root = Path(settings.ARCHIVES_ROOT)
    return [path for path in root.iterdir() if _is_uuid(path.name)] if root.exists() else []


def _is_uuid(name: str) -> bool:
    try:
        return str(UUID(name)) == name
    except ValueError:
        return False
