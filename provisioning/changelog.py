"""CHANGELOG.md as values: releases with their headings and points."""

import re
from dataclasses import dataclass, field
from pathlib import Path

_RELEASE = re.compile(r"##\s+\[?(?P<version>[^\]\s]+)\]?(?:\s*[-–—·(]+\s*(?P<on>[^)]+?)\)?)?\s*")


@dataclass
class Part:
    """A heading inside a release with its points; the heading may be empty."""

    heading: str
    points: list[str] = field(default_factory=list)


@dataclass
class Release:
    """One release as it was announced. `on` is the date as written."""

    version: str
    on: str
    parts: list[Part] = field(default_factory=list)


def read(path: Path) -> list[Release]:
    """The releases in the order of the file; none when there is no file."""
    releases: list[Release] = []
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    for line in lines:
        if found := _RELEASE.fullmatch(line):
            releases.append(Release(found["version"], found["on"] or ""))
        elif releases:
            _add(releases[-1], line)
    return releases


def _add(release: Release, line: str) -> None:
    text = line.strip()
    if text.startswith("### "):
        release.parts.append(Part(text[4:]))
        return
    if not text:
        return
    if not release.parts:
        release.parts.append(Part(""))
    points = release.parts[-1].points
    if text.startswith(("- ", "* ")) or not points:
        points.append(text.removeprefix("- ").removeprefix("* "))
    else:
        points[-1] += f" {text}"
