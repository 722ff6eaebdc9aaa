"""What is known so far, in var/bench/rollout.json: a run that was cut goes on from it."""

import json
import os
from pathlib import Path
from typing import Any

from config import env

PATH = env.VAR / "bench" / "rollout.json"


def load(path: Path = PATH) -> dict[str, Any]:
    """`{machine, versions, grown: {…}, sizes: {"100": {figure: value}}}`."""
    if path.exists():
        return dict(json.loads(path.read_text()))
    return {"grown": {}, "sizes": {}}


def save(state: dict[str, Any], path: Path = PATH) -> None:
    """Whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(json.dumps(state, ensure_ascii=False, indent=2))
    os.replace(part, path)
