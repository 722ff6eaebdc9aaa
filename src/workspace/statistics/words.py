"""What the ways in and out are called beside a name."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workspace.statistics.flows import Way

WAYS: dict[Way, Promise] = {
    Way.ADMITTED: _("接收为预备党员"),
    Way.CAME: _("转入"),
    Way.RESTORED: _("恢复在册"),
    Way.ADDED: _("补登记"),
    Way.WENT: _("转出"),
    Way.DIED: _("去世"),
    Way.CANCELLED: _("取消预备党员资格"),
    Way.EXPELLED: _("开除党籍"),
    Way.DELISTED: _("除名或退党"),
    Way.STOPPED: _("停止党籍"),
    Way.ENDED: _("出党，种类未写明"),
    Way.DROPPED: _("其他原因离开名册"),
    Way.MOVED_IN: _("调入"),
    Way.MOVED_OUT: _("调出"),
    Way.CONVERTED: _("转为正式党员"),
}
