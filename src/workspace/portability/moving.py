"""A row on its way into another workspace: what was bound to the old one is bound anew, ended, or left behind.

People, their roles, passwords and second factors come along. Whatever opens a door of the original does not open one
of the copy: sessions are in no archive; tokens and calendar addresses stay behind; invitations are withdrawn. Links and
scanned codes carry the workspace's uuid in their signature and fail by themselves.
"""

from collections import Counter
from datetime import datetime
from typing import Any

from shared.workspace import Workspace
from workspace.accounts.sealing import BrokenSeal, reseal
from workspace.portability.sealing import SEALED

# Rows that mean nothing elsewhere.
STAYING = frozenset({"accounts_token", "activities_calendarfeed"})


class Move:
    """Rows from `origin` into the workspace in force. `notes` counts those that could not stay as they were."""

    def __init__(self, origin: Workspace, *, at: datetime) -> None:
        self._origin = origin
        self._at = at
        self.notes: Counter[str] = Counter()

    def row(self, table: str, row: dict[str, Any]) -> dict[str, Any] | None:
        """The row as it stands in its new place; None for one that stays behind."""
        if table in STAYING:
            self.notes[f"{table}.left_behind"] += 1
            return None
        return _BY_TABLE[table](self, row) if table in _BY_TABLE else row

    def _factor(self, row: dict[str, Any]) -> dict[str, Any] | None:
        """The shared secret is sealed anew; recovery codes were digested for the original and fit nothing here."""
        try:
            purpose = f"accounts.factor:{row['user_id']}"
            row["secret"] = reseal(row["secret"], purpose=purpose, origin=self._origin)
        except BrokenSeal:
            self.notes["accounts_factor.unreadable"] += 1
            return None
        row["recovery"] = []
        self.notes["accounts_factor.resealed"] += 1
        return row

    def _invitation(self, row: dict[str, Any]) -> dict[str, Any]:
        """A code from an old poster would let people into the copy."""
        if row["withdrawn_at"] is None:
            row["withdrawn_at"] = self._at.isoformat()
            self.notes["access_invitation.withdrawn"] += 1
        return row


_BY_TABLE: Any = {"accounts_factor": Move._factor, "access_invitation": Move._invitation}


def is_moved(table: str) -> bool:
    """Whether some of its rows differ in a copy: bound anew, ended, left behind, or sealed under another key."""
    return table in STAYING or table in _BY_TABLE or table in SEALED
