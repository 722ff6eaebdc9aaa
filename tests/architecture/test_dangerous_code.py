"""Code that could cross a wall, found by reading the syntax tree (security.md §3)."""

import ast

from tests.architecture.sources import ROOT, python_files

# Where raw SQL may stand, and why. Everywhere else the ORM's quoting is the rule.
RAW_SQL = {
    "src/config/management/commands/": "sets up and measures databases from the command line",
    "src/shared/script.py": "several statements in one round trip; names are the models' own",
    "src/shared/queue.py": "one constant call of the queue's door",
    "src/shared/views/health.py": "SELECT 1",
    "tenants/": "the tenancy engine is SQL; names pass safe_schema",
    "src/workspace/audit/": "constants: many lines in one statement, and the chain's own walk; values are parameters",
    "src/workspace/portability/": "COPY of the workspace's own tables; names come from its catalogue and are quoted",
    "provisioning/template.py": "replays DDL that Django rendered",
    "provisioning/fleet/": "replays rendered ways over many schemas; names pass safe_schema",
    "provisioning/pool.py": "one constant statement that takes a spare in one round trip",
    "provisioning/actions/signups.py": "one constant statement that the last button waits for",
    "provisioning/image.py": "reads and replays rows of a scratch schema; names are the models' own",
}
_SQL_CALLS = {"execute", "executemany", "raw", "extra", "RawSQL", "cursor"}


def trees(*folders: str):
    for path in python_files(*folders):
        yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text())


def name_of(node: ast.expr) -> str:
    if isinstance(node, ast.Call):
        return name_of(node.func)
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def test_no_tenant_is_entered_by_a_bare_with() -> None:
    """`with tenant:` of django-tenants keeps its stack on the class: two threads come out on each other's tenant."""
    for path, tree in trees("src", "tenants", "provisioning", "tests"):
        for node in ast.walk(tree):
            if isinstance(node, ast.With):
                for item in node.items:
                    bare = not isinstance(item.context_expr, ast.Call)
                    assert not (bare and "tenant" in ast.unparse(item.context_expr).lower()), f"{path}:{node.lineno}"


def test_no_context_is_a_decorator() -> None:
    banned = {"tenant_context", "schema_context", "inside", "control", "entered"}
    for path, tree in trees("src", "tenants", "provisioning"):
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                for decorator in node.decorator_list:
                    assert name_of(decorator) not in banned, f"{path}:{node.lineno}"
            if isinstance(node, ast.Name | ast.Attribute):
                assert name_of(node) not in {"tenant_context", "schema_context"}, f"{path}:{node.lineno}"


def test_a_day_is_read_off_a_moment_by_the_calendar_in_shanghai() -> None:
    """`at.date()` is the day in UTC: until eight in the morning, yesterday. `shared.clock.day_of` knows better."""
    for path, tree in trees("src", "tenants", "provisioning"):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "date":
                of = {name_of(part) for part in ast.walk(node.func.value) if isinstance(part, ast.expr)}
                moments = {name for name in of if name in {"at", "now"} or name.endswith("_at")}
                known = {"localtime", "localdate"} & of
                assert node.args or not moments or known, f"{path}:{node.lineno}: {ast.unparse(node)}"


def test_raw_sql_stands_only_where_a_reason_is_given() -> None:
    for path, tree in trees("src", "tenants", "provisioning"):
        if any(path.startswith(allowed) for allowed in RAW_SQL):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and name_of(node) in _SQL_CALLS:
                receiver = ast.unparse(node.func)
                assert not any(w in receiver for w in ("cursor", "connection", "objects", "RawSQL", ".extra")), (
                    f"{path}:{node.lineno}: {receiver}"
                )


def test_workspace_code_keeps_nothing_in_module_globals() -> None:
    """A cache in a module outlives the request and knows no workspace. Registries are filled at import and constant."""
    for path, tree in trees("src/workspace"):
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                for decorator in node.decorator_list:
                    assert name_of(decorator) not in {"cache", "lru_cache"}, f"{path}:{node.lineno}"
            assert not isinstance(node, ast.Global), f"{path}:{node.lineno}: a module global is written"
