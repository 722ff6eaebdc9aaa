"""What an app says it does because of rules is what its sources rest on: no more and no less."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils.module_loading import autodiscover_modules

import rules
from rules.uses import Use, declared
from tests.architecture.rule_uses import CODES, codes_of_file, with_parameter
from tests.architecture.sources import ROOT, python_files

autodiscover_modules("rule_uses")
WORKSPACE = ROOT / "src/workspace"
DECLARED = [(app, use) for app, uses in declared().items() for use in uses]


def resting() -> Iterator[tuple[str, str, frozenset[str]]]:
    """App, module and codes of every file that rests on a rule."""
    for path in python_files("src/workspace"):
        parts = path.relative_to(WORKSPACE).with_suffix("").parts
        if len(parts) > 1 and parts[1] != "rule_uses" and (found := codes_of_file(path)):
            yield parts[0], ".".join(parts[1:]).removesuffix(".__init__"), found


def file_of(app: str, module: str) -> Path:
    path = WORKSPACE / app / Path(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


@pytest.mark.parametrize(("app", "use"), DECLARED, ids=[f"{app}: {use.label_en}" for app, use in DECLARED])
def test_a_use_names_exactly_the_rules_that_its_files_rest_on(app: str, use: Use) -> None:
    found = frozenset().union(*(codes_of_file(file_of(app, module)) for module in use.modules))
    missing, idle = sorted(found - use.codes), sorted(use.codes - found)
    assert (missing, idle) == ([], []), f"workspace/{app}/rule_uses.py, {use.label}: add {missing}, drop {idle}"


def test_every_file_that_rests_on_a_rule_is_declared() -> None:
    named = {(app, module) for app, use in DECLARED for module in use.modules}
    undeclared = {f"{app}.{module}": sorted(codes) for app, module, codes in resting() if (app, module) not in named}
    assert undeclared == {}, "name each in its app's rule_uses.py"


def test_nothing_is_named_twice() -> None:
    named = [(app, module) for app, use in DECLARED for module in use.modules]
    assert len(named) == len(set(named))


def test_every_use_is_told_in_both_languages() -> None:
    for _app, use in DECLARED:
        assert use.label
        assert use.label_en.isascii()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import rules\nrules.term", {"branch.term", "branch.term_village_or_community", "committee.term",
                                     "general_branch.term", "election.postponement"}),
        ("from rules import dues\ndues.arrears", {"dues.six_months_unpaid"}),
        ("import rules\nrules.dues.arrears", {"dues.six_months_unpaid"}),
        ("from rules.education import study_hours as h\nh", {"education.study_hours", "education.leaders_hours"}),
        ("from rules.sizes import needs_committee\nneeds_committee(7)", {"branch.committee_required"}),
        ("import rules\nrules.add_months, rules.EventKind", set()),
        ("CODE = 'education.roles'", {"education.roles"}),
        ("import rules\nrules.obligations", with_parameter("obligation")),
        ("from rules.hints import structure_hints\nstructure_hints", with_parameter("check")),
    ],
)  # fmt: skip
def test_what_a_file_rests_on_is_read_from_its_text(tmp_path: Path, text: str, expected: set[str]) -> None:
    file = tmp_path / "some.py"
    file.write_text(text, encoding="utf-8")
    assert codes_of_file(file) == expected


def test_a_plan_of_a_case_rests_on_every_rule_of_admission(tmp_path: Path) -> None:
    file = tmp_path / "some.py"
    file.write_text("from rules import case_plan\ncase_plan", encoding="utf-8")
    assert codes_of_file(file) == {code for code in CODES if code.startswith("admission.")}
    assert rules.case_plan
