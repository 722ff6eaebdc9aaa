"""The kinds of event that can satisfy what the regulations ask for."""

from enum import StrEnum


class EventKind(StrEnum):
    """What a gathering (or a recorded act) was. One event may be several kinds at once."""

    GENERAL_MEETING = "general_meeting"
    COMMITTEE_MEETING = "committee_meeting"
    GROUP_MEETING = "group_meeting"
    LECTURE = "lecture"
    PARTY_DAY = "party_day"
    ORGANISATION_LIFE_MEETING = "organisation_life_meeting"
    APPRAISAL = "appraisal"
    HEART_TO_HEART = "heart_to_heart"
    DEMOCRATIC_LIFE_MEETING = "democratic_life_meeting"
    PARTY_COMMITTEE_MEETING = "party_committee_meeting"
    THEORY_STUDY = "theory_study"
    RESPONSIBILITY_STUDY = "responsibility_study"
    WORK_REPORT = "work_report"
    ELECTION = "election"
    OATH = "oath"
    TRAINING = "training"
    VOLUNTEER_SERVICE = "volunteer_service"
    VISIT = "visit"
    JOINT_ACTIVITY = "joint_activity"
    OTHER = "other"
    YEARLY_PLAN = "yearly_plan"
    DUES_CHECK = "dues_check"
    DUES_PUBLICATION = "dues_publication"

    @property
    def label(self) -> str:
        """The Chinese name, as people write it in minutes."""
        return _NAMES[self][0]

    @property
    def label_en(self) -> str:
        return _NAMES[self][1]

    @property
    def is_gathering(self) -> bool:
        """False for acts that leave a record but bring nobody together (a plan filed, dues published)."""
        return self not in _RECORDED_ACTS

    @classmethod
    def gatherings(cls) -> tuple["EventKind", ...]:
        """What an organiser can choose from when planning an activity."""
        return tuple(kind for kind in cls if kind.is_gathering)

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Every kind as (value, Chinese name), in the order people expect them."""
        return [(kind.value, kind.label) for kind in cls]


_NAMES: dict[EventKind, tuple[str, str]] = {
    EventKind.GENERAL_MEETING: ("党员大会", "General meeting of members"),
    EventKind.COMMITTEE_MEETING: ("支委会", "Branch committee meeting"),
    EventKind.GROUP_MEETING: ("党小组会", "Party group meeting"),
    EventKind.LECTURE: ("党课", "Party lecture"),
    EventKind.PARTY_DAY: ("主题党日", "Themed party day"),
    EventKind.ORGANISATION_LIFE_MEETING: ("组织生活会", "Organisation life meeting"),
    EventKind.APPRAISAL: ("民主评议党员", "Democratic appraisal of members"),
    EventKind.HEART_TO_HEART: ("谈心谈话", "Heart-to-heart talk"),
    EventKind.DEMOCRATIC_LIFE_MEETING: ("民主生活会", "Democratic life meeting of leaders"),
    EventKind.PARTY_COMMITTEE_MEETING: ("党委会", "Party committee meeting"),
    EventKind.THEORY_STUDY: ("理论学习中心组学习", "Theory study group session"),
    EventKind.RESPONSIBILITY_STUDY: ("专题研究党建工作", "Committee session on party building"),
    EventKind.WORK_REPORT: ("述职评议", "Report on party building work"),
    EventKind.ELECTION: ("换届选举", "Election of the committee"),
    EventKind.OATH: ("入党宣誓", "Admission oath"),
    EventKind.TRAINING: ("教育培训", "Training"),
    EventKind.VOLUNTEER_SERVICE: ("志愿服务", "Volunteer service"),
    EventKind.VISIT: ("走访慰问", "Home visit"),
    EventKind.JOINT_ACTIVITY: ("共建活动", "Joint activity with another unit"),
    EventKind.OTHER: ("其他活动", "Other activity"),
    EventKind.YEARLY_PLAN: ("年度党建工作计划", "Yearly plan for party building"),
    EventKind.DUES_CHECK: ("党费工作检查", "Check of dues work"),
    EventKind.DUES_PUBLICATION: ("党费收支公布", "Publication of dues accounts"),
}

_RECORDED_ACTS = frozenset({EventKind.YEARLY_PLAN, EventKind.DUES_CHECK, EventKind.DUES_PUBLICATION})
