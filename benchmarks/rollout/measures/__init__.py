"""What is measured at each size. `run` starts a measure in a process of its own and returns what it says."""

import json
import subprocess
import sys
from statistics import median, quantiles
from typing import Any


def run(measure: str, *arguments: object) -> dict[str, Any]:
    """The JSON object that `benchmarks.rollout.measures.<measure>` prints last. Raises RuntimeError when it fails."""
    command = [sys.executable, "-m", f"benchmarks.rollout.measures.{measure}", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{measure} failed:\n{done.stderr[-2000:]}")
    return dict(json.loads(done.stdout.strip().split("\n")[-1]))


def spread(name: str, seconds: list[float]) -> dict[str, float]:
    """Median and 95th percentile in milliseconds, and over how many."""
    p95 = quantiles(seconds, n=20, method="inclusive")[-1] if len(seconds) > 1 else seconds[0]
    return {
        f"{name}_p50_ms": round(median(seconds) * 1000, 2),
        f"{name}_p95_ms": round(p95 * 1000, 2),
        f"{name}_count": len(seconds),
    }
