"""Run one arm to its end."""

import subprocess
import sys


def lines_of(arm: str, *arguments: int) -> list[str]:
    """The lines that `benchmarks.arms.<arm>` prints. Raises RuntimeError with what it said when it fails."""
    command = [sys.executable, "-m", f"benchmarks.arms.{arm}", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"the arm {arm} failed:\n{done.stderr[-2000:]}")
    return done.stdout.split("\n")[:-1]
