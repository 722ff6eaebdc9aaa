"""What a measurement says, and how it is written down."""

import json
import os
import platform
import subprocess
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.cluster import CLUSTER
from config import env

LATEST = env.VAR / "bench" / "latest.json"


@dataclass(frozen=True)
class Figure:
    """One number. `beside` holds what was measured in the same run for comparison; `goal` is what it should be."""

    id: str
    value: float
    unit: str
    goal: str = ""
    beside: dict[str, float] = field(default_factory=dict)
    note: str = ""


def machine() -> dict[str, Any]:
    """The machine, as far as it bears on a figure."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {"cores": os.cpu_count(), "memory_gib": round(memory / 2**30, 1), "system": platform.platform(terse=True)}


def write(figures: list[Figure], failures: dict[str, str], path: Path = LATEST) -> None:
    """`{machine, versions, commit, figures: […], failures: {id: why}}`."""
    commit = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, cwd=env.ROOT, check=False)  # noqa: S607
    names = ("django", "django-tenants", "psycopg", "gunicorn")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        json.dumps(
            {
                "machine": machine(),
                "versions": {
                    "python": platform.python_version(),
                    "postgresql": CLUSTER.major,
                    **{name: version(name) for name in names},
                },
                "commit": commit.stdout.strip(),
                "figures": [asdict(figure) for figure in figures],
                "failures": failures,
            },
            ensure_ascii=False,
            indent=2,
        )
    )


def show(figures: list[Figure]) -> None:
    """A table for a person."""
    print(f"\n{'figure':<26}{'value':>10} {'unit':<7}{'goal':<10}beside")
    for figure in figures:
        beside = ", ".join(f"{name} {value:.3g}" for name, value in figure.beside.items())
        print(f"{figure.id:<26}{figure.value:>10.3f} {figure.unit:<7}{figure.goal:<10}{beside}")
        if figure.note:
            print(f"{'':<26}{figure.note}")
