"""Wait for what takes a moment."""

import http.client
import time
from collections.abc import Callable


def until(holds: Callable[[], bool], *, within_s: float = 60) -> None:
    """Wait for it; a test that waits in vain fails."""
    deadline = time.monotonic() + within_s
    while not holds():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def until_answered(port: int, *, within_s: float = 90) -> None:
    """Until a web server on this machine answers. Raises AssertionError when none does."""
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        asked = http.client.HTTPConnection("127.0.0.1", port, timeout=within_s)
        try:
            asked.request("GET", "/", headers={"Host": "localhost"})
            asked.getresponse().read()
        except (OSError, http.client.HTTPException):
            time.sleep(0.2)
        else:
            return
        finally:
            asked.close()
    raise AssertionError(f"nobody answers on {port}")
