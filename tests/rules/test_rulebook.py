"""The rulebook holds what the regulations say, by date."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rules
from rules.reading import RuleDataError, read
from rules.rulebook import Rulebook

ONE_RULE = """
[document]
title = "试行办法"
effective_from = 2020-01-01
source = "测试"

[[rule]]
code = "trial.meeting"
article = "第一条"
summary = "每月开会。"
summary_en = "Meet monthly."
tier = "statutory"
severity = "warning"
verification = "C"
applies_when = ["branch"]
parameters = { obligation = { kinds = ["party_day"], every = "month" } }
"""


def read_with(old: str, new: str) -> list[rules.Rule]:
    assert old in ONE_RULE
    return read(ONE_RULE.replace(old, new), file="trial.toml")


def test_a_rule_cites_its_document_and_article():
    rule = rules.get("branch.general_meeting")
    assert rule.citation == "《中国共产党支部工作条例（试行）》第十一条"


def test_only_rules_from_general_knowledge_are_badged():
    assert rules.get("committee.theory_study").badge == "待核实"
    assert not rules.get("branch.general_meeting").needs_verification


def test_a_rule_is_not_in_force_before_its_day():
    assert not rules.holds("branch.party_day", on=date(2018, 10, 27))
    assert rules.holds("branch.party_day", on=date(2018, 10, 28))
    with pytest.raises(rules.NotInForce, match="2018-10-27"):
        rules.get("branch.party_day", on=date(2018, 10, 27))


def test_an_unknown_rule_is_named():
    with pytest.raises(rules.UnknownRule, match="no rule has the code"):
        rules.get("branch.nonsense")


def test_a_stored_key_finds_the_same_version_again():
    for rule in rules.rulebook().rules:
        assert rules.version(rule.key) is rule


def test_every_rule_speaks_both_languages_and_says_where_it_comes_from():
    for rule in rules.rulebook().rules:
        assert any("一" <= sign <= "鿿" for sign in rule.summary), rule.code
        assert rule.summary_en.isascii(), rule.code
        assert rule.article.startswith(("第", "相关")), rule.code
        assert rule.source


def test_a_loaded_rule_cannot_be_changed():
    rule = rules.get("branch.general_meeting")
    with pytest.raises(TypeError):
        rule.parameters["obligation"]["every"] = "year"


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('title = "试行办法"', "", "document: title"),
        ('tier = "statutory"', 'tier = "holy"', "trial.meeting: tier must be one of"),
        ('verification = "C"', 'verification = "D"', "verification must be one of A, B, C"),
        ('article = "第一条"', 'article = " "', "article must be a text"),
        ('summary_en = "Meet monthly."', "", "summary_en must be a text"),
        ('applies_when = ["branch"]', "applies_when = []", "at least one condition"),
        ('applies_when = ["branch"]', 'applies_when = ["moon"]', "'moon' is no condition"),
        ('kinds = ["party_day"]', 'kinds = ["picnic"]', "'picnic' is no event kind"),
        ('kinds = ["party_day"]', "kinds = []", "at least one event kind"),
        ('every = "month"', 'every = "week"', "every must be one of"),
        ('every = "month"', 'every = "month", needed = 0', "needed must be a whole number"),
        ('severity = "warning"', 'severity = "warning"\ncolour = "red"', "unknown field colour"),
        ("effective_from = 2020-01-01", 'effective_from = "2020"', "must be a date"),
        ("effective_from = 2020-01-01", "", "effective_from is missing"),
        ('severity = "warning"', 'severity = "warning"\neffective_to = 2019-01-01', "before effective_from"),
        ("[[rule]]", "[[rule]", "toml"),
        ("[[rule]]", "[[rule]]\ntighten = { months = 'lower' }", "months is no whole-number parameter"),
        (
            "parameters = { obligation",
            "tighten = { hours = 'sideways' }\nparameters = { hours = 3, obligation",
            "hours must be one of lower, higher",
        ),
    ],
)
def test_a_wrong_file_is_refused_with_the_place(old: str, new: str, complaint: str):
    with pytest.raises(RuleDataError, match=complaint) as refused:
        read_with(old, new)
    assert str(refused.value).startswith("trial.toml: ")


def test_versions_of_one_rule_may_not_overlap():
    first = read(ONE_RULE, file="a.toml")
    second = read_with("2020-01-01", "2022-01-01")
    with pytest.raises(RuleDataError, match="overlaps"):
        Rulebook(first + second)


def test_versions_of_one_rule_follow_each_other():
    first = read_with("effective_from = 2020-01-01", "effective_from = 2020-01-01\neffective_to = 2021-12-31")
    second = read_with("2020-01-01", "2022-01-01")
    book = Rulebook(second + first)
    assert book.versions("trial.meeting") == (*first, *second)
    assert book.get("trial.meeting", on=date(2021, 12, 31)) == first[0]
    assert book.get("trial.meeting", on=date(2022, 1, 1)) == second[0]
    assert book.get("trial.meeting") == second[0]


@given(st.dates(date(2003, 1, 1), date(2040, 1, 1)))
def test_on_every_day_at_most_one_version_of_a_rule_is_in_force(day: date):
    codes = [rule.code for rule in rules.in_force(day)]
    assert len(codes) == len(set(codes))
    assert [rules.get(code, on=day) for code in codes] == list(rules.in_force(day))


def test_what_may_be_tightened_is_known_to_be_a_figure_and_never_a_threshold_that_harms_people():
    for rule in rules.rulebook().rules:
        for name, way in rule.tighten.items():
            assert rule.integer(name) >= 1
            assert way in rules.Tighter
        if rule.code in {"admission.age", "admission.probation", "admission.extension", "membership.lost_contact"}:
            assert not rule.tighten


def test_every_label_is_there_in_both_languages():
    for word in (*rules.Tier, *rules.Severity, *rules.Verification, *rules.Every):
        assert word.label
        assert word.label_en.isascii()
