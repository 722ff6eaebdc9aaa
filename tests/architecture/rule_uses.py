"""Which rules a source file rests on, read from its syntax tree.

A file rests on a rule whose code it names, and on every rule that something it takes from the `rules` package names,
however deep. What reads rules by a parameter (`obligations`, `structure_hints`) stands for all rules that have it.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import rules
from tests.architecture.sources import ROOT

PACKAGE = ROOT / "src/rules"
CODES = frozenset(rule.code for rule in rules.rulebook().rules)
# (module, name) → the parameter by which it finds its rules
DRIVEN = {
    ("rules.obligation", "obligations"): "obligation",
    ("rules.hints", "structure_hints"): "check",
}
STEPS = ("rules.admission_steps", "CASE_STEPS")

Name = tuple[str, str]  # module, name in it; an empty name is the module itself


@dataclass
class Source:
    """One file: what it imports from `rules`, and the syntax of each name it defines."""

    module: str
    tree: ast.Module
    imported: dict[str, Name] = field(default_factory=dict)
    defined: dict[str, list[ast.AST]] = field(default_factory=dict)


def codes_of_file(path: Path) -> frozenset[str]:
    """Every rule that the file rests on."""
    source = _read(path, path.stem)
    found = set(_literals(source.tree))
    for name in _asked_for(source, source.tree):
        found |= _closure(name)
    return frozenset(found)


def with_parameter(name: str) -> frozenset[str]:
    return frozenset(rule.code for rule in rules.rulebook().rules if name in rule.parameters)


@cache
def _closure(name: Name) -> frozenset[str]:
    """The codes behind one name of the package, over everything it uses."""
    found: set[str] = set()
    waiting, seen = [name], set()
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        if one in DRIVEN:
            found |= with_parameter(DRIVEN[one])
        if one == STEPS:
            found |= {code for step in rules.CASE_STEPS for code in step.rule_codes}
        source = _package().get(one[0])
        if source is None:
            continue
        for node in source.defined.get(one[1], []):
            found |= set(_literals(node))
            waiting += _asked_for(source, node)
        if one[1] in source.imported:
            waiting.append(source.imported[one[1]])
    return frozenset(found)


@cache
def _package() -> dict[str, Source]:
    found = {}
    for path in PACKAGE.rglob("*.py"):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        module = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[module] = _read(path, module)
    return found


def _read(path: Path, module: str) -> Source:
    source = Source(module, ast.parse(path.read_text(encoding="utf-8")))
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "rules":
            for alias in node.names:
                source.imported[alias.asname or alias.name] = (node.module or "", alias.name)
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.split(".")[0] == "rules":
                    source.imported[alias.asname or "rules"] = (alias.name if alias.asname else "rules", "")
    for node in source.tree.body:
        for name in _names_defined(node):
            source.defined.setdefault(name, []).append(node)
    return source


def _names_defined(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Assign):
        yield from (target.id for target in node.targets if isinstance(target, ast.Name))
    elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        yield node.target.id


def _asked_for(source: Source, tree: ast.AST) -> list[Name]:
    """The names of the package that a piece of code uses, its own neighbours included."""
    found: list[Name] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            if node.id in source.imported:
                found.append(_unfolded(source.imported[node.id]))
            elif node.id in source.defined:
                found.append((source.module, node.id))
        elif isinstance(node, ast.Attribute):
            path = ast.unparse(node).split(".")
            if path[0] in source.imported:
                found.append(_through(source.imported[path[0]], path[1:]))
    return [name for name in found if name[1]]


def _unfolded(name: Name) -> Name:
    """`from rules import dues` brings a module, which alone rests on nothing."""
    module = f"{name[0]}.{name[1]}"
    return (module, "") if name[1] and module in _names_of_modules() else name


def _through(name: Name, path: list[str]) -> Name:
    """`rules.dues.monthly`, `dues.monthly`, `rules.term`."""
    module, own = _unfolded(name)
    if own:
        return module, own
    while len(path) > 1 and f"{module}.{path[0]}" in _names_of_modules():
        module, path = f"{module}.{path[0]}", path[1:]
    return module, path[0]


@cache
def _names_of_modules() -> frozenset[str]:
    return frozenset(
        ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")
        for path in PACKAGE.rglob("*.py")
    )


def _literals(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in CODES:
            yield node.value
