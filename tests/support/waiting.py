"""Wait for what takes a moment."""

import socket
import time


def until_answered(port: int, *, within_s: float = 60) -> None:
    """Until somebody listens on the port of this machine. Raises AssertionError when nobody does."""
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError(f"nobody listens on {port}")
