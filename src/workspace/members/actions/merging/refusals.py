"""Why two entries are not merged, or a merge is not taken back."""

from django.utils.translation import gettext_lazy as _

from shared.refusals import NotAllowed, Refusal


class SamePerson(Refusal):
    message = _("请选择两份不同的登记。")
    status = 400


class InTheWay(Refusal):
    message = _("还不能合并：{why}")


class AlreadyMerged(Refusal):
    message = _("{who}已经把其中一份登记合并掉了，请回到列表查看。")


class LookAgain(Refusal):
    message = _("您打开本页之后，{who}改动了其中一份登记或相关记录。请核对最新的内容，再确认合并。")


class Unforeseen(Refusal):
    message = _("还有别的记录连着要去掉的那份登记（{what}），为避免丢失，没有合并。请联系平台支持人员。")


class NotUndoable(Refusal):
    message = _("这次合并已经撤销过。")


class TooLate(Refusal):
    message = _("合并已经超过 {days} 天，恢复用的内容已按期清除，不能再撤销。")


class ChangedSince(Refusal):
    message = _("合并之后，{who}又改动了这份登记，撤销会丢掉这些改动，所以不能撤销。")


class EntryGone(Refusal):
    message = _("保留的那份登记已经不在了，不能撤销。")


class NumberTaken(Refusal):
    message = _("原来的公民身份号码现在登记在另一份登记上，请先核对，再撤销合并。")


class OutOfReach(NotAllowed):
    message = _("这次合并涉及您已无权办理的党组织，请联系单位管理员撤销。")
