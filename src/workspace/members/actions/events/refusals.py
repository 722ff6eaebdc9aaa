"""Why an event cannot be recorded or taken back."""

from django.utils.translation import gettext_lazy as _

from shared.refusals import Refusal


class EventRefused(Refusal):
    """Any of these."""

    status = 400


class InTheFuture(EventRefused):
    message = _("日期在将来，请等事情发生之后再登记。")


class BeforeBirth(EventRefused):
    message = _("日期早于{member}的出生日期。")


class BeforeJoining(EventRefused):
    message = _("日期早于{member}的入党日期{joined}。")


class AfterDeath(EventRefused):
    message = _("{member}已于{on}去世，之后不再登记事件。")


class NotPresent(EventRefused):
    message = _("{member}自{on}起已不在册（{why}）。")


class StillPresent(EventRefused):
    message = _("{member}仍在册，不需要办理{kind}。")


class WrongCategory(EventRefused):
    message = _("{kind}只适用于{wanted}；{member}到{on}为止是{category}。")


class AlreadyExtended(EventRefused):
    message = _("预备期只能延长一次，{member}已延长过。")


class WrongExtension(EventRefused):
    message = _("预备期的延长不少于{least}个月、不超过{most}个月。")


class ProbationRunning(EventRefused):
    message = _("{member}的预备期到{ends}才满，不能在此之前转正。")


class AlreadySo(EventRefused):
    message = _("{member}到{on}为止已经是“{kind}”的状态。")


class NotSo(EventRefused):
    message = _("{member}到{on}为止没有相应的记录，不能登记“{kind}”。")


class UnitMissing(EventRefused):
    message = _("请选择调入的党支部，且不同于原来的党支部。")


class DetailWrong(EventRefused):
    message = _("“{kind}”的内容不完整或不正确：{field}。")


class LaterDisagrees(EventRefused):
    message = _("这样一来，{on}的“{later}”就对不上了。请先核对或撤销那一条。")


class AlreadyVoided(EventRefused):
    message = _("这条事件已经撤销过。")


class RegistrationStays(EventRefused):
    message = _("登记入册不能撤销。误录入的人，请登记“其他原因离开名册”。")


class AlreadyRegistered(EventRefused):
    message = _("{member}已经登记入册。")


class ReasonMissing(EventRefused):
    message = _("请写明撤销的原因。")
