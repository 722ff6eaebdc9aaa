"""Transfers of the formal relation, and times away."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LABELS: dict[str, Promise] = {"transfer": _("组织关系转接"), "absence": _("流动、出国（境）与失联")}
FAMILIES: dict[str, dict[str, Promise]] = {
    "transfer": {
        "transfer.issued": _("开具介绍信"),
        "transfer.entered": _("登记外单位的介绍信"),
        "transfer.corrected": _("更正介绍信"),
        "transfer.accepted": _("接收组织关系"),
        "transfer.rejected": _("不予接收组织关系"),
        "transfer.revoked": _("撤回介绍信"),
        "transfer.printed": _("打印介绍信"),
        "transfers.exported": _("导出组织关系转接清单"),
    },
    "absence": {
        "absence.begun": _("登记外出或失联"),
        "absence.contacted": _("登记一次联系"),
        "absence.contact_struck": _("删除一条联系记录"),
        "absence.ended": _("结束外出或失联登记"),
        "absences.exported": _("导出外出和失联清单"),
    },
}
