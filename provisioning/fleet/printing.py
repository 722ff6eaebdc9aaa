"""Reports as lines of text."""

from typing import Any

_MARKS = {True: "served", False: "503"}


def status(report: dict[str, Any]) -> list[str]:
    """Versions in use, then the run."""
    lines = [f"{'version':<14}{'workspaces':>10}"]
    for row in report["heads"]:
        said = "current" if row["is_current"] else f"behind, {_MARKS[row['is_served']]}"
        lines.append(f"{row['head'][:12]:<14}{row['workspaces']:>10}  {said}")
    return [*lines, "", *(run(report["run"]) if report["run"] else ["No roll-out to this version has begun."])]


def run(report: dict[str, Any]) -> list[str]:
    """A run ring by ring, and who failed."""
    at_work = "" if report["state"] != "running" else ", at work" if report["is_at_work"] else ", nobody at work"
    columns = ("total", "done", "waiting", "running", "failed", "skipped")
    lines = [
        f"Roll-out to {report['head'][:12]}: {report['state']}{at_work}; "
        f"up to {report['through']}, error budget {report['error_budget']:g} %",
        f"{'ring':<8}" + "".join(f"{column:>9}" for column in columns),
    ]
    lines += [
        f"{name:<8}" + "".join(f"{count[column]:>9}" for column in columns) for name, count in report["rings"].items()
    ]
    lines += [
        f"failed: {row['workspace']} ({row['ring']}, {row['attempts']} ×) {row['error']}" for row in report["failures"]
    ]
    return lines


def nothing(_report: dict[str, Any]) -> list[str]:
    """Nobody is behind."""
    return ["Every workspace is on this version: nothing to do."]


def plan(report: dict[str, Any], *, sql: bool) -> list[str]:
    """Who is behind, and the way of each version."""
    if not report["groups"]:
        return nothing(report)
    lines = [f"{report['behind']} behind {report['head'][:12]}"]
    for group in report["groups"]:
        rings = ", ".join(f"{name} {number}" for name, number in group["rings"].items())
        lines.append(f"{group['head'][:12]}  {group['workspaces']} workspaces ({rings}): {_way(group)}")
        lines += [f"  {name}" for name in group.get("migrations", [])]
        if sql:
            lines += [f"    {statement}" for statement in group.get("statements", [])]
    return lines


def _way(group: dict[str, Any]) -> str:
    if group["way"] == "refused":
        return f"refused. {group['refused']}"
    if group["way"] == "stamp":
        return "the same tables, only the version is noted"
    if group["way"] == "python":
        return f"{len(group['migrations'])} migrations, run in each workspace because of {', '.join(group['python'])}"
    return f"{len(group['migrations'])} migrations, {len(group['statements'])} statements replayed"
