"""The twenty-six official member columns: their names in code, on paper, and in people's own sheets.

The member model, the API and the export use exactly these names, in this order.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as translated

from shared.codes import (
    CONVERSION_STATUSES,
    DEGREES,
    EDUCATION,
    ETHNIC_GROUPS,
    JOINING_TYPES,
    NEW_SOCIAL_STRATA,
    PERSON_CATEGORIES,
    SEXES,
    CodeSet,
)

# Marks a text for the catalogue and leaves it as it is: official names head spreadsheets in every language.
# (Django's own asks for settings while modules load.)
_ = str


class Kind(StrEnum):
    """What a cell of the column holds once cleaned, and the Python type of it."""

    NAME = "name"  # str without stray spaces
    TEXT = "text"  # str
    CITIZEN_NUMBER = "citizen_number"  # str of 18
    PHONE = "phone"  # str of 11 digits, or a landline
    DATE = "date"  # datetime.date
    CODE = "code"  # str, a code of Field.codes
    BOOLEAN = "boolean"  # bool
    MONTHS = "months"  # int
    YEARS = "years"  # int, whole years
    UNIT = "unit"  # the key of a given unit


class Need(StrEnum):
    """How much a column is wanted: the template marks `required` red."""

    REQUIRED = "required"
    WANTED = "wanted"
    OPTIONAL = "optional"


@dataclass(frozen=True, slots=True)
class Field:
    """One column. `zh` is the official name; `max_length` is in characters; `width` in spreadsheet units."""

    name: str
    zh: str
    en: str
    kind: Kind
    aliases: tuple[str, ...] = ()
    need: Need = Need.OPTIONAL
    codes: CodeSet | None = None
    max_length: int = 100
    width: int = 14
    # Worked out from other columns: checked when it comes in, never stored from a sheet.
    computed: bool = False
    hint: str = ""

    @property
    def label(self) -> str:
        """The name on a page, in the reader's language."""
        return str(translated(self.zh))

    @property
    def advice(self) -> str:
        """The hint, in the reader's language."""
        return str(translated(self.hint)) if self.hint else ""


FIELDS: tuple[Field, ...] = (
    Field(
        "name",
        _("姓名"),
        "Name",
        Kind.NAME,
        ("名字", "党员姓名", "姓 名", "党员", "党员名字", "人员姓名", "name"),
        Need.REQUIRED,
        max_length=50,
        width=12,
        hint=_("与身份证一致"),
    ),
    Field("sex", _("性别"), "Sex", Kind.CODE, ("男女", "sex", "gender"), Need.WANTED, SEXES, width=8),
    Field(
        "citizen_number",
        _("公民身份号码"),
        "Citizen number",
        Kind.CITIZEN_NUMBER,
        (
            "身份证",
            "身份证号",
            "身份证号码",
            "居民身份证号",
            "居民身份证号码",
            "公民身份证号",
            "公民身份证号码",
            "公民身份号",
            "身份号码",
            "证件号码",
            "证件号",
            "id number",
        ),
        Need.WANTED,
        width=24,
        hint=_("18 位，按文本填写"),
    ),
    Field(
        "ethnic_group",
        _("民族"),
        "Ethnic group",
        Kind.CODE,
        ("族别", "民族成份", "民族成分"),
        Need.OPTIONAL,
        ETHNIC_GROUPS,
    ),
    Field(
        "birth_date",
        _("出生日期"),
        "Date of birth",
        Kind.DATE,
        ("出生年月", "出生年月日", "出生时间", "生日", "出生", "birthday"),
        Need.WANTED,
        hint=_("例如 1985-03-05"),
    ),
    Field(
        "education",
        _("学历"),
        "Education",
        Kind.CODE,
        ("文化程度", "最高学历", "学历层次", "教育程度", "学历情况"),
        codes=EDUCATION,
        width=18,
    ),
    Field(
        "category",
        _("人员类别"),
        "Category",
        Kind.CODE,
        ("党员类别", "人员类型", "党员类型", "类别", "党员性质", "党员身份", "政治面貌"),
        Need.REQUIRED,
        PERSON_CATEGORIES,
    ),
    Field("degree", _("学位"), "Degree", Kind.CODE, ("最高学位", "学位情况"), codes=DEGREES, width=16),
    Field(
        "unit",
        _("所在党支部"),
        "Branch",
        Kind.UNIT,
        (
            "党支部",
            "所在支部",
            "支部",
            "所属支部",
            "所属党支部",
            "支部名称",
            "党支部名称",
            "所在党组织",
            "隶属党组织",
            "所属党组织",
            "党组织名称",
            "组织关系所在支部",
            "所在党支部名称",
            "组织关系所在党支部",
            "党组织",
        ),
        Need.REQUIRED,
        max_length=200,
        width=30,
    ),
    Field(
        "phone",
        _("手机号码"),
        "Phone",
        Kind.PHONE,
        (
            "手机",
            "手机号",
            "电话",
            "联系电话",
            "联系方式",
            "电话号码",
            "移动电话",
            "联系手机",
            "手机电话",
            "mobile",
            "phone",
        ),
        Need.WANTED,
        width=16,
    ),
    Field(
        "joined_on",
        _("入党日期"),
        "Joined on",
        Kind.DATE,
        (
            "入党时间",
            "入党年月",
            "入党年月日",
            "加入党组织日期",
            "加入党组织时间",
            "加入中共组织的时间",
            "加入中国共产党时间",
            "接收为预备党员日期",
            "接收预备党员时间",
            "成为预备党员时间",
            "成为预备党员日期",
            "预备党员时间",
        ),
        Need.REQUIRED,
        hint=_("支部大会通过之日"),
    ),
    Field(
        "converted_on",
        _("转正日期"),
        "Converted on",
        Kind.DATE,
        (
            "转正时间",
            "转正年月",
            "转正年月日",
            "转为正式党员日期",
            "转为正式党员时间",
            "成为正式党员日期",
            "成为正式党员时间",
            "预备党员转正时间",
        ),
        Need.WANTED,
        hint=_("预备党员留空"),
    ),
    Field(
        "party_age",
        _("党龄"),
        "Years in the Party",
        Kind.YEARS,
        ("党龄年", "党龄(年)"),
        width=8,
        computed=True,
        hint=_("由转正日期计算，可留空"),
    ),
    Field(
        "party_age_correction_months",
        _("党龄校正值(月)"),
        "Correction (months)",
        Kind.MONTHS,
        ("党龄校正值", "党龄校正", "党龄矫正值", "党龄修正值"),
    ),
    Field(
        "new_social_stratum",
        _("新社会阶层类型"),
        "New social stratum",
        Kind.CODE,
        ("新社会阶层", "新的社会阶层类型", "新社会阶层人员类型"),
        codes=NEW_SOCIAL_STRATA,
        width=20,
    ),
    Field(
        "job",
        _("工作岗位"),
        "Post",
        Kind.TEXT,
        ("岗位", "职务", "工作职务", "工作单位及职务", "工作单位及岗位", "现任职务", "职业"),
        max_length=60,
        width=22,
    ),
    Field(
        "technical_title",
        _("从事专业技术职务"),
        "Technical title",
        Kind.TEXT,
        ("专业技术职务", "职称", "技术职称", "专业技术职称"),
        width=18,
        max_length=60,
    ),
    Field("is_migrant_worker", _("是否农民工"), "Migrant worker", Kind.BOOLEAN, ("农民工",), width=12),
    Field(
        "residence",
        _("现居住地"),
        "Residence",
        Kind.TEXT,
        ("现住址", "居住地", "家庭住址", "住址", "现居住地址", "家庭地址", "居住地址", "联系地址", "现住地址"),
        max_length=200,
        width=30,
    ),
    Field(
        "registered_residence",
        _("户籍所在地"),
        "Registered residence",
        Kind.TEXT,
        ("户籍地", "户籍", "户口所在地", "户籍地址", "户籍所在地址"),
        max_length=200,
        width=30,
    ),
    Field(
        "is_lost_contact",
        _("是否失联党员"),
        "Lost contact",
        Kind.BOOLEAN,
        ("失联党员", "是否失联", "失联", "是否为失联党员"),
        width=12,
    ),
    Field(
        "is_floating",
        _("是否流动党员"),
        "Floating member",
        Kind.BOOLEAN,
        ("流动党员", "是否流动", "是否为流动党员"),
        width=12,
    ),
    Field("joining_type", _("入党类型"), "How joined", Kind.CODE, ("入党方式", "发展类型"), codes=JOINING_TYPES),
    Field(
        "conversion_status",
        _("转正情况"),
        "Conversion",
        Kind.CODE,
        ("转正状态", "转正类型", "是否转正"),
        codes=CONVERSION_STATUSES,
    ),
    Field(
        "joined_at_unit",
        _("入党时所在支部"),
        "Branch when joining",
        Kind.TEXT,
        ("入党时所在党支部", "入党支部", "入党时支部", "入党所在支部"),
        max_length=120,
        width=30,
    ),
    Field(
        "probation_extension",
        _("延长预备期时间"),
        "Probation extended by (months)",
        Kind.MONTHS,
        ("延长预备期", "延长预备期月数", "预备期延长时间", "延长预备期时间(月)"),
        hint=_("月数，6 至 12"),
    ),
)

BY_NAME: dict[str, Field] = {field.name: field for field in FIELDS}
