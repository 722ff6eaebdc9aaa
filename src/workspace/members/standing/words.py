"""The words that details of events use, each with its label."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Punishment(models.TextChoices):
    """《中国共产党纪律处分条例》 article 10; expulsion is a removal."""

    WARNING = "warning", _("警告")
    SERIOUS_WARNING = "serious_warning", _("严重警告")
    DISMISSAL = "dismissal", _("撤销党内职务")
    OBSERVATION = "observation", _("留党察看")


class Removal(models.TextChoices):
    EXPELLED = "expelled", _("开除党籍")
    DELISTED = "delisted", _("除名")
    WITHDRAWN = "withdrawn", _("自行脱党")
    PERSUADED = "persuaded", _("劝其退党")
    RESIGNED = "resigned", _("要求退党")
    STOPPED = "stopped", _("停止党籍")


class LostReason(models.TextChoices):
    """Why contact was lost, in the words of the yearly statistics."""

    WORK = "work", _("外出务工经商")
    RESTRUCTURED = "restructured", _("单位改制或破产")
    GRADUATED = "graduated", _("毕业后去向不明")
    CHANGED_JOB = "changed_job", _("工作单位改变")
    ABROAD = "abroad", _("出国（境）")
    MOVED_HOUSE = "moved_house", _("居住地改变")
    OTHER = "other", _("其他")


class Grade(models.TextChoices):
    """Grades of 民主评议; the same as `rules.AppraisalGrade`."""

    EXCELLENT = "excellent", _("优秀")
    QUALIFIED = "qualified", _("合格")
    BASIC = "basic", _("基本合格")
    UNQUALIFIED = "unqualified", _("不合格")
    UNGRADED = "ungraded", _("参加不评定等次")


class Seen(models.TextChoices):
    """Who sees a sensitive event beside the member it is about."""

    BRANCH = "branch", _("能查看这名党员的人")
    COMMITTEE = "committee", _("有权修改资料的人（书记、组织委员、管理员）")
    KEEPER = "keeper", _("只有经办人")


class Help(models.TextChoices):
    VISIT = "visit", _("走访慰问")
    SUBSIDY = "subsidy", _("困难补助")
    DELIVERY = "delivery", _("送学上门")
    MATCHED = "matched", _("结对帮扶")
    OTHER = "other", _("其他")
