"""The 25 steps of developing a member, in five stages, as the official chart numbers them."""

from dataclasses import dataclass
from enum import StrEnum


class AdmissionStage(StrEnum):
    APPLICATION = "application"
    ACTIVIST = "activist"
    DEVELOPMENT_OBJECT = "development_object"
    ADMISSION = "admission"
    CONVERSION = "conversion"

    @property
    def label(self) -> str:
        return _STAGES[self][0]

    @property
    def label_en(self) -> str:
        return _STAGES[self][1]


_STAGES: dict[AdmissionStage, tuple[str, str]] = {
    AdmissionStage.APPLICATION: ("申请入党", "Application"),
    AdmissionStage.ACTIVIST: ("入党积极分子", "Activist"),
    AdmissionStage.DEVELOPMENT_OBJECT: ("发展对象", "Development object"),
    AdmissionStage.ADMISSION: ("接收预备党员", "Admission as probationary member"),
    AdmissionStage.CONVERSION: ("预备党员转正", "Conversion to full member"),
}


@dataclass(frozen=True, slots=True)
class AdmissionStep:
    """`rule_code` is the rule with the clock or ballot of this step, empty where there is none."""

    number: int
    stage: AdmissionStage
    code: str
    label: str
    label_en: str
    rule_code: str = ""


# The chart predates 2026: public notice belongs into step 7 before it ends, the one-month clock before step 15.
_ROWS: dict[AdmissionStage, tuple[tuple[str, str, str, str], ...]] = {
    AdmissionStage.APPLICATION: (
        ("apply", "递交入党申请书", "Hand in the application", "admission.age"),
        ("talk", "党组织派人谈话", "Talk with the applicant", "admission.talk"),
    ),
    AdmissionStage.ACTIVIST: (
        ("recommend", "推荐和确定入党积极分子", "Recommend and decide on the activist", "admission.activist"),
        ("file_activist", "上级党委备案", "File with the committee above", ""),
        ("contacts", "指定培养联系人", "Appoint contacts", "admission.contacts"),
        ("examine", "培养教育考察", "Educate and examine", "admission.half_year_check"),
    ),
    AdmissionStage.DEVELOPMENT_OBJECT: (
        ("decide_object", "确定发展对象", "Decide on the development object", "admission.development_object"),
        ("file_object", "报上级党委备案", "File with the committee above", ""),
        ("introducers", "确定入党介绍人", "Appoint introducers", "admission.introducers"),
        ("political_review", "进行政治审查", "Political review", "admission.political_review"),
        ("training", "开展集中培训", "Training", "admission.training"),
    ),
    AdmissionStage.ADMISSION: (
        ("committee_review", "支部委员会审查", "Review by the branch committee", "admission.prereview"),
        ("prereview", "上级党委预审", "Pre-review by the committee above", "admission.prereview"),
        ("application_form", "填写入党志愿书", "Fill in the application form", ""),
        ("general_meeting", "支部大会讨论", "General meeting decides", "admission.ballot"),
        ("talk_above", "上级党委派人谈话", "Talk by a person from above", "admission.talk_above"),
        ("approval", "上级党委审批", "Approval by the committee above", "admission.approval"),
        ("file_approval", "再上一级党委组织部门备案", "File with the next level", ""),
    ),
    AdmissionStage.CONVERSION: (
        ("join_group", "编入党支部和党小组", "Assign to a branch and group", ""),
        ("oath", "入党宣誓", "Oath", "admission.oath"),
        ("probation", "继续教育考察", "Continued education and examination", "admission.probation"),
        ("apply_conversion", "提出转正申请", "Apply for conversion", "admission.probation"),
        ("conversion_meeting", "支部大会讨论", "General meeting on conversion", "admission.ballot"),
        ("conversion_approval", "上级党委审批", "Approval of conversion", "admission.conversion_approval"),
        ("archive", "材料归档", "Archive the papers", ""),
    ),
}

ADMISSION_STEPS: tuple[AdmissionStep, ...] = tuple(
    AdmissionStep(number, stage, *row)
    for number, (stage, row) in enumerate(((stage, row) for stage, rows in _ROWS.items() for row in rows), start=1)
)
