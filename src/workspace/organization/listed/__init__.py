"""A list of units as people keep it: pasted, or a file in the official columns (party-rules: organisation columns)."""

from workspace.organization.listed.lines import MOST_LINES, Line, guessed
from workspace.organization.listed.reading import Listed, NoNames, TooManyLines, read, read_file

__all__ = ["MOST_LINES", "Line", "Listed", "NoNames", "TooManyLines", "guessed", "read", "read_file"]
