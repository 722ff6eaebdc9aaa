"""Each rule carries the mark and the figures it was collected with; changing one has to be meant."""

from datetime import date

import pytest

import rules
from rules import Verification
from rules.wording import figures

# code, mark, the figures that matter; from the collection of November 2026
COLLECTED = [
    # 《支部工作条例（试行）》 2018
    ("branch.minimum_members", "A", {"minimum_full_members": 3}),
    ("branch.maximum_members", "A", {"maximum_members": 50}),
    ("branch.joint_units", "B", {"maximum_units": 5}),
    ("branch.project_branch", "B", {"minimum_project_months": 6}),
    ("branch.general_meeting", "A", {}),
    ("branch.general_meeting_vote", "A", {}),
    ("branch.committee_meeting", "A", {}),
    ("branch.committee_quorum", "A", {}),
    ("branch.group_meeting", "A", {}),
    ("committee.secretary_lecture", "B", {}),
    ("branch.lecture_quarterly", "C", {}),
    ("branch.party_day", "A", {}),
    ("branch.organisation_life_meeting", "A", {"usual_quarter": 4}),
    ("branch.appraisal", "A", {}),
    ("branch.heart_to_heart", "B", {}),
    ("branch.committee_required", "A", {"minimum_full_members": 7}),
    ("branch.committee_not_required", "A", {}),
    ("branch.committee_smallest", "A", {"usual_minimum": 3, "usual_maximum": 5}),
    ("branch.committee_largest", "A", {"maximum": 7}),
    ("branch.term_village_or_community", "B", {"years": 5}),
    ("branch.term", "B", {"years": 3}),
    ("branch.election_filed_above", "B", {}),
    ("general_branch.threshold", "B", {"minimum_members": 50}),
    ("committee.threshold", "B", {"minimum_members": 100}),
    ("general_branch.threshold_enterprise", "B", {"minimum_members": 50}),
    ("committee.threshold_enterprise", "B", {"minimum_members": 100}),
    ("committee.term", "C", {"years": 5, "minimum_years": 3, "maximum_years": 5}),
    ("general_branch.term", "C", {"years": 3}),
    # 《基层组织选举工作条例》 2020
    ("election.postponement", "A", {"months": 12}),
    ("election.no_vote", "A", {}),
    ("election.ballot", "C", {}),
    ("election.more_candidates", "B", {"percent": 20}),
    ("election.reminders", "C", {"months_before": (6, 3, 1)}),
    # 《党员教育管理工作条例》 2019
    ("education.organisation_life", "A", {}),
    ("education.organisation_life_meeting", "A", {}),
    ("education.appraisal_order", "A", {}),
    ("education.study_hours", "A", {"hours": 32}),
    ("education.leaders_hours", "C", {"hours": 56}),
    ("education.roles", "A", {}),
    ("education.infirm", "A", {}),
    ("membership.from_meeting", "A", {}),
    ("membership.lost_contact", "A", {"months": 6}),
    ("membership.removal_after_lost_contact", "A", {"months": 24}),
    ("membership.transfer_when_away", "A", {"months": 6}),
    ("membership.old_stays_responsible", "A", {}),
    ("membership.correction", "A", {"months": 12}),
    ("membership.inactive", "A", {"months": 6}),
    ("membership.floating", "A", {"months": 6}),
    ("membership.graduate", "A", {"months": 24}),
    ("membership.abroad", "A", {"months": 6}),
    ("education.online_and_offline", "A", {}),
    ("education.member_data", "A", {}),
    ("education.self_service", "A", {}),
    # 《发展党员工作细则》 2026
    ("admission.age", "A", {"age": 18}),
    ("admission.where_applied", "A", {}),
    ("admission.talk", "A", {"months": 1}),
    ("admission.activist", "A", {}),
    ("admission.contacts", "A", {"minimum": 1, "maximum": 2}),
    ("admission.half_year_check", "A", {"months": 6}),
    ("admission.development_object", "A", {"months": 12}),
    ("admission.public_notice", "A", {"working_days": 5}),
    ("admission.introducers", "A", {"count": 2}),
    ("admission.political_review", "A", {}),
    ("admission.training", "A", {"days": 3, "hours": 24}),
    ("admission.prereview", "A", {}),
    ("admission.meeting_after_prereview", "A", {"months": 1}),
    ("admission.ballot", "A", {}),
    ("admission.talk_above", "C", {}),
    ("admission.approval", "A", {"months": 3}),
    ("admission.approval_special", "B", {"months": 6}),
    ("admission.oath_taken", "A", {}),
    ("admission.oath", "B", {"months": 1}),
    ("admission.probation", "A", {"months": 12}),
    ("admission.extension", "A", {"minimum_months": 6, "maximum_months": 12, "times": 1}),
    ("admission.conversion_approval", "A", {"months": 3}),
    ("admission.standing", "A", {}),
    ("admission.chart", "A", {"steps": 25, "stages": 5}),
    # 中组发〔2008〕3号
    ("dues.wage", "A", {}),
    ("dues.annual_salary", "A", {}),
    ("dues.self_employed", "A", {}),
    ("dues.retired", "A", {}),
    ("dues.farmer", "A", {"minimum": "0.20", "maximum": "1.00"}),
    ("dues.minimum", "A", {"minimum": "0.20", "maximum": "0.20"}),
    ("dues.hardship", "A", {}),
    ("dues.probationary", "A", {}),
    ("dues.where_paid", "A", {}),
    ("dues.new_base", "A", {}),
    ("dues.voluntary", "A", {"over": "1000"}),
    ("dues.monthly", "A", {"arrears_months": 6}),
    ("dues.six_months_unpaid", "A", {"months": 6}),
    ("dues.no_advance", "A", {}),
    ("dues.uses", "A", {}),
    ("dues.account", "B", {}),
    ("dues.check", "B", {}),
    ("dues.publication", "C", {}),
    # appraisal, transfer, responsibility, statistics
    ("appraisal.excellent_cap", "A", {"numerator": 1, "denominator": 3}),
    ("appraisal.probationary", "B", {}),
    ("appraisal.no_scores", "C", {}),
    ("membership.transfer_letter", "C", {"days": 30}),
    ("membership.certificate_short_absence", "B", {"months": 6}),
    ("committee.responsibility_study", "B", {}),
    ("committee.together_with_business", "B", {}),
    ("committee.secretary_in_person", "B", {}),
    ("committee.work_report", "C", {"grades": ("好", "较好", "一般", "差")}),
    ("statistics.formal_relation", "C", {"cut_off_month": 12, "cut_off_day": 31}),
    ("membership.lost_contact_reasons", "B", {}),
]
# Rules the product needs that stand in other texts; all of them are badged or hold no figure.
BESIDE = {
    "branch.lecture",
    "committee.yearly_plan",
    "committee.democratic_life_meeting",
    "committee.theory_study",
    "admission.written_opinions",
    "branch.secretary",
    "temporary.review",
    "election.valid_ballots",
    "election.not_counted",
}


@pytest.mark.parametrize(("code", "mark", "expected"), COLLECTED, ids=[row[0] for row in COLLECTED])
def test_a_rule_has_the_mark_and_figures_it_was_collected_with(code: str, mark: str, expected: dict):
    rule = rules.get(code)
    assert rule.verification is Verification(mark)
    assert {name: rule.parameters[name] for name in expected} == expected


def test_nothing_was_added_without_being_listed():
    known = {code for code, _mark, _figures in COLLECTED} | BESIDE
    assert {rule.code for rule in rules.rulebook().rules} == known


def test_the_text_of_2014_is_general_knowledge_throughout_and_closed():
    old = [rule for rule in rules.rulebook().rules if rule.number == "中办发〔2014〕33号"]
    assert old
    for rule in old:
        assert rule.needs_verification
        assert rule.effective_to == date(2026, 5, 10)
        assert rules.get(rule.code).effective_from == date(2026, 5, 11)


def test_only_two_admission_rules_are_new_in_2026():
    of_2014, of_2026 = (
        {rule.code for rule in rules.in_force(day) if rule.code.startswith("admission.")}
        for day in (date(2026, 5, 10), date(2026, 5, 11))
    )
    assert of_2026 - of_2014 == {"admission.public_notice", "admission.meeting_after_prereview"}
    assert of_2014 <= of_2026


def test_rules_that_rest_on_general_knowledge_alone_are_badged():
    for rule in rules.rulebook().rules:
        if "一般知识" in rule.source:
            assert rule.badge == "待核实", rule.key


def test_every_figure_of_every_rule_has_words_in_both_languages():
    for rule in rules.rulebook().rules:
        for chinese, english in figures(rule):
            assert any("一" <= sign <= "鿿" for sign in chinese), (rule.key, chinese)
            assert english.isascii(), (rule.key, english)
        assert bool(figures(rule)) is bool(rule.parameters), rule.key


@pytest.mark.parametrize(
    ("code", "chinese", "english"),
    [
        ("admission.public_notice", "5个工作日", "5 working days"),
        ("admission.talk", "1个月", "1 month"),
        ("appraisal.excellent_cap", "不超过三分之一", "no more than 1/3"),
        ("branch.group_meeting", "每月1次党小组会（每个党小组）", "party group meeting: 1 every month (each group)"),
        ("dues.farmer", "0.20至1.00元", "0.20 to 1.00 yuan"),
        ("dues.wage", "3000元以下（含）0.5%", "up to 3000 yuan: 0.5%"),
        ("election.ballot", "到会不少于应到的五分之四", "present: at least 4/5 of those entitled"),
        ("election.reminders", "届满前6个月、3个月、1个月提醒", "reminders 6, 3, 1 months before"),
    ],
)
def test_figures_read_as_people_say_them(code: str, chinese: str, english: str):
    assert (chinese, english) in figures(rules.get(code))
