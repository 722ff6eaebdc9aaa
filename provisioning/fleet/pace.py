"""How many workspaces are migrated in one transaction. Each waits for all of them, so they must be few where a release
takes long, and may be many where it is over in milliseconds."""

# No workspace stands still for much longer than this because others are migrated beside it.
HOLD_S = 0.1
MOST = 20


class Pace:
    """Learns from the last transaction; begins with one and doubles at most."""

    def __init__(self) -> None:
        self.size = 1

    def took(self, seconds: float, *, of: int) -> None:
        """So many were done in one transaction."""
        fitting = int(HOLD_S * of / seconds) if seconds else MOST
        self.size = max(1, min(fitting, 2 * of, MOST))

    def broke(self) -> None:
        """Something was not as expected."""
        self.size = 1
