"""`docs/access-table.md`: the two tables as one to read."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from tests.isolation import doors, standings

PAGE = Path(__file__).resolve().parents[2] / "docs/access-table.md"
# Column of a table → the heading here, in the order of the page.
FROM_DOORS = {"nobody": "未登录", "member": "党员", "secretary": "支部书记", "administrator": "单位管理员"}
FROM_STANDINGS = {
    "committee": "委员",
    "organizer": "组织委员",
    "neighbour": "别的支部书记",
    "auditor": "审计管理员",
    "security": "安全管理员",
    "gone": "已离开",
    "foreign": "别的单位",
    "closed": "书记，支部已撤销",
    "resting": "管理员，空间只读",
}
WORDS = {"in": "登录", "401": "登录", "403": "拒绝", "404": "—"}
HEAD = """# Who gets what, address by address

Generated from `tests/isolation/doors.toml` and `standings.toml`, which are tried against the product at every run of
the tests: an address that is not listed fails, and so does a different answer. Do not edit it: run
`WRITE_DOORS=1 pytest tests/isolation/test_doors.py`, or the same with `-k page_to_read` after merging tables.

In each cell stands what looking gives and then, where something can be posted, what doing gives. 看 is shown, 办 is
reached (an empty post is refused by its form, or did what it could), 拒绝 is refused by name (403; 409 while a
workspace is read-only), — is not there (404), 登录 leads to the sign-in. A number is any other answer.
"""


def page() -> str:
    """All of it, from the tables alone."""
    first, second = doors.expected()["workspace"], standings.expected()
    lines = [HEAD]
    for place, routes in groupby(sorted(first), key=_place):
        heads = [*FROM_DOORS.values(), *FROM_STANDINGS.values()]
        lines += ["", f"## /{place}", "", f"| 地址 | {' | '.join(heads)} |", f"|---{'|---' * len(heads)}|"]
        lines += [f"| `/{route}` | {' | '.join(_cells(first[route], second.get(route, {})))} |" for route in routes]
    return "\n".join(lines).replace("\n\n\n", "\n\n") + "\n"


def _place(route: str) -> str:
    """What a chapter is called: the first word of the address; of the programs' interface the first three."""
    parts = route.split("/")
    return "/".join(parts[:3]) + "/" if route.startswith("api/v1/") else f"{parts[0]}/" if len(parts) > 1 else ""


def _cells(row: list[str], more: dict[str, str]) -> Iterator[str]:
    roles = doors.ROLES["workspace"]
    by_role = dict(zip(roles, row, strict=True))
    posted = by_role["administrator"].split("/")[1] != "405"
    for role in FROM_DOORS:
        yield _cell(by_role[role].split("/")[: 2 if posted else 1])
    for column in FROM_STANDINGS:
        yield _cell(more.get(column, "?").split("/"), resting=column == "resting")


def _cell(answers: Iterable[str], *, resting: bool = False) -> str:
    look, *do = answers
    words = [_look(look), *(_do(one, resting) for one in do)]
    return words[0] if len(set(words)) == 1 else " ".join(one for one in words if one)


def _look(answer: str) -> str:
    return "看" if answer in {"200", "302"} else "" if answer == "405" else WORDS.get(answer, answer)


def _do(answer: str, resting: bool) -> str:
    if resting and answer == "409":
        return "拒绝"
    reached = answer in {"200", "201", "202", "204", "302", "400", "409", "410", "415", "422"}
    return "办" if reached else "" if answer == "405" else WORDS.get(answer, answer)
