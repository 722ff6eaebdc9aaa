"""Which permissions the sources ask for, read from their syntax trees."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.sources import ROOT, python_files

VERB = re.compile(r"^[a-z]+\.[a-z_]+$")
# What asks: these, anything that ends in `_for`, and parameters of these names wherever they stand.
ASKING = {"may", "units_where", "grants_of", "people_who", "holding", "OwnField"}
PARAMETERS = {"verb", "to", "needs", "right"}
# `filter(verb="member.changed")` looks for lines of the record.
OF_THE_RECORD = {"filter", "exclude", "get", "Q", "When"}
IN_A_TEMPLATE = re.compile(r"""\b(?:may|needs)[ =:(]+["']([a-z]+\.[a-z_]+)["']""")


def asked() -> dict[str, set[str]]:
    """Verb → the files that ask for it."""
    found: dict[str, set[str]] = {}
    for path in python_files("src/workspace", "src/shared"):
        if path.name == "permissions.py":
            continue
        for verb in verbs_in(ast.parse(path.read_text(encoding="utf-8"))):
            found.setdefault(verb, set()).add(str(path.relative_to(ROOT)))
    for path in sorted((ROOT / "src/workspace").rglob("*.html")):
        for verb in IN_A_TEMPLATE.findall(path.read_text(encoding="utf-8")):
            found.setdefault(verb, set()).add(str(path.relative_to(ROOT)))
    return found


def literals(path: Path) -> set[str]:
    """Every text of a file that has the form of a verb."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.value for node in ast.walk(tree) if _is_verb(node)}


def verbs_in(tree: ast.AST) -> Iterator[str]:
    """The verbs that a piece of code asks for, by their text or by a constant of the module."""
    constants = {
        target.id: node.value.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and _is_verb(node.value)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        for value in _asked_by(node):
            if _is_verb(value):
                yield value.value
            elif isinstance(value, ast.Name) and value.id in constants:
                yield constants[value.id]


def _asked_by(node: ast.AST) -> list[ast.AST]:
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        named = [one.value for one in node.keywords if one.arg in PARAMETERS and name not in OF_THE_RECORD]
        return [*node.args, *named] if name in ASKING or name.endswith("_for") else named
    if isinstance(node, ast.arguments):
        last = node.args[len(node.args) - len(node.defaults) :]
        pairs = [*zip(last, node.defaults, strict=True), *zip(node.kwonlyargs, node.kw_defaults, strict=True)]
        return [default for one, default in pairs if one.arg in PARAMETERS and default is not None]
    return []


def _is_verb(node: ast.AST | None) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(VERB.match(node.value))
