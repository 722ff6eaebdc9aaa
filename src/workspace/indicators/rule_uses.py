"""What this app does because of rules."""

from rules.uses import Use, codes, declare

_SEES_DASHBOARDS = {"url_name": "indicators:overview", "needs": "unit.dashboard"}

declare(
    "indicators",
    Use(
        label="一目了然：主体责任",
        label_en="At a glance: the committee's responsibility",
        modules=("dashboards.responsibility",),
        codes=codes(
            "committee.responsibility_study",
            "committee.yearly_plan",
            "committee.work_report",
            "committee.term",
            "branch.term",
            "branch.term_village_or_community",
            "election.postponement",
            "dues.check",
            "dues.publication",
            "admission.approval",
            "education.study_hours",
            "education.infirm",
        ),
        **_SEES_DASHBOARDS,
    ),
    Use(
        label="一目了然：第一责任人",
        label_en="At a glance: the first responsible person",
        modules=("dashboards.first_responsible",),
        codes=codes("committee.secretary_lecture", "committee.work_report", "branch.organisation_life_meeting"),
        **_SEES_DASHBOARDS,
    ),
    Use(
        label="一目了然：业务贡献度",
        label_en="At a glance: contribution to business",
        modules=("dashboards.contribution",),
        codes=codes("education.roles"),
        **_SEES_DASHBOARDS,
    ),
    Use(
        label="一目了然：组织活力度",
        label_en="At a glance: vitality",
        modules=("dashboards.vitality",),
        codes=codes(
            "branch.general_meeting",
            "branch.committee_meeting",
            "branch.group_meeting",
            "branch.lecture",
            "branch.party_day",
            "branch.organisation_life_meeting",
            "branch.appraisal",
            "branch.heart_to_heart",
            "education.organisation_life",
            "education.infirm",
            "education.online_and_offline",
        ),
        **_SEES_DASHBOARDS,
    ),
    Use(
        label="一目了然：党员发展程度",
        label_en="At a glance: member development",
        modules=("dashboards.development", "figures.growth"),
        codes=codes("membership.from_meeting", "admission.probation", "admission.extension"),
        **_SEES_DASHBOARDS,
    ),
    Use(
        label="我的发展：学时",
        label_en="My development: hours of study",
        modules=("person",),
        codes=codes("education.study_hours", "education.leaders_hours"),
        url_name="indicators:me",
    ),
)
