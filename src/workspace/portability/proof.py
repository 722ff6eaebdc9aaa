"""Compare what was put back with what the archive says."""

from shared.workspace import Workspace
from workspace.portability.manifest import EXACT, Manifest
from workspace.portability.moving import is_moved
from workspace.portability.refusals import ContentDiffers


def compare(said: Manifest, found: Manifest, *, of: Workspace, here: Workspace) -> None:
    """Raises ContentDiffers, naming the first table or file that is not the same.

    In another workspace than its own, tables with rows that were bound anew differ by right and are passed over.
    """
    moved = of.uuid != here.uuid
    for name, entry in found.entries.items():
        if moved and is_moved(name.removeprefix(EXACT).removesuffix(".jsonl")):
            continue
        if name not in said.entries or said.entries[name] != entry:
            raise ContentDiffers(what=name)
    for table, there in found.tables.items():
        if there.counter != said.tables[table].counter:
            raise ContentDiffers(what=f"{table} (id)")
    if not moved and found.content != said.content:
        raise ContentDiffers(what="content")
