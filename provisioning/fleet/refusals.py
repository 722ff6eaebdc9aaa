"""Why there is no way from one version of the workspace schema to another, and what else a roll-out says no to."""

from django.utils.translation import gettext_lazy as _

from shared.refusals import Refusal


class NoWay(Refusal):
    """The schema of a workspace cannot be brought to this code's version. Nothing was changed."""


class UnknownOrigin(NoWay):
    message = _(
        "版本 {head} 没有发布记录，不知道它做过哪些迁移。请先查清这个工作空间的数据是从哪里来的，再从它的存档恢复。"
    )


class AheadOfUs(NoWay):
    message = _("版本 {head} 比这份程序新：它多了 {migrations}。请部署更新的程序。")


class Vanished(NoWay):
    message = _("这份程序里没有版本 {head} 已经做过的迁移 {migrations}。做过的迁移不能删除，请把它们放回程序。")


class Edited(NoWay):
    message = _("已经做过的迁移被改动，生成的结果与版本 {head} 不同：{migrations}。请恢复原文，把改动写成新的迁移。")


class OutOfOrder(NoWay):
    message = _("新迁移排在版本 {head} 已经做过的迁移之前：{migrations}。请把它们排到最后再发布。")


class NotAtomic(NoWay):
    message = _(
        "迁移 {migrations} 不能在一个事务里完成（atomic = False），失败时无法整体撤回。请改成一个事务能完成的写法。"
    )


class Drifted(NoWay):
    message = _(
        "这个工作空间的 django_migrations 与版本 {head} 不符：缺 {missing}，多 {beyond}。"
        "请查清是谁改过，改回来再重试，或从存档恢复。"
    )


class NothingToDo(Refusal):
    message = _("所有工作空间都已是当前版本，没有要升级的。")


class NoRun(Refusal):
    message = _("当前版本还没有开始升级。请先开始：manage.py fleet migrate，或控制台的「版本与升级」。")


class NothingFailed(Refusal):
    message = _("没有失败的工作空间需要重试。")


class NotRunning(Refusal):
    message = _("升级不在进行中，不需要暂停。")
