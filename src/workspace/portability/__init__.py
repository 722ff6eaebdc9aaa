"""Door 2: everything that a workspace holds, taken out as one archive, judged, and put back.

Runs inside the workspace (`with tenants.context.inside(tenant, snapshot=True)`) with that workspace's own rights, and
returns values only. What an archive is made of: docs/subsystems/portability.md.
"""

from workspace.portability.exporting import Progress, digest, export
from workspace.portability.limits import DEFAULT, Limits
from workspace.portability.manifest import Manifest, head_of
from workspace.portability.proof import compare
from workspace.portability.reading import peek
from workspace.portability.refusals import ArchiveRefused
from workspace.portability.restoring import Restored, check, restore

__all__ = [
    "DEFAULT",
    "ArchiveRefused",
    "Limits",
    "Manifest",
    "Progress",
    "Restored",
    "check",
    "compare",
    "digest",
    "export",
    "head_of",
    "peek",
    "restore",
]
