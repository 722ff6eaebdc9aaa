"""Every verb that workspace code writes into the record, found by reading the syntax tree."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.sources import python_files

_VERB = re.compile(r"[a-z_]+\.[a-z_]+")
_WRITERS = {"record", "record_many", "came_back", "audit.entry"}
# Built from a state or handed on by a variable, so no literal stands in the call: the module → its verbs.
MADE = {
    "access/actions/joinings.py": {"joining.accepted", "joining.refused"},
    "archives/actions.py": {"archive.deleted", "archive.expired"},
    "archives/scheduling.py": {"schedule.paused", "schedule.resumed"},
    "archives/closing.py": {"workspace.closing_asked", "workspace.closing_withdrawn"},
    "dues/actions/paying.py": {"dues.paid", "dues.waived"},
    "oversight/proving.py": {"audit.verified", "audit.broken"},
    "voice/actions/answering.py": {"topic.adopted", "topic.declined"},
}
# Hand on what others say; nothing of their own.
PASSING = {"audit/apps.py", "accounts/record.py", "portability/aftermath.py"}


def found() -> tuple[set[str], set[str]]:
    """The verbs, and the modules where a verb is no literal."""
    verbs: set[str] = set()
    unread: set[str] = set()
    for path in python_files("src/workspace", "provisioning"):
        name = path.as_posix().partition("src/workspace/")[2] or path.name
        for call in _calls(ast.parse(path.read_text())):
            literals = set(_literals(call.args[0]))
            verbs |= literals
            if not literals and name not in PASSING:
                unread.add(name)
    return verbs | {verb for made in MADE.values() for verb in made}, unread


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args:
            function = node.func
            called = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
            if called in _WRITERS or ast.unparse(function) in _WRITERS:
                yield node


def _literals(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and _VERB.fullmatch(part.value):
            yield part.value
