"""The tree and who holds its posts."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LABELS: dict[str, Promise] = {"unit": _("党组织")}
FAMILIES: dict[str, dict[str, Promise]] = {
    "unit": {
        "unit.created": _("新建组织"),
        "unit.changed": _("修改组织"),
        "unit.moved": _("调整组织上级"),
        "unit.reordered": _("调整组织排列"),
        "unit.absorbed": _("接收合并进来的组织"),
        "unit.merged": _("并入其他组织"),
        "unit.split": _("拆分组织"),
        "unit.closed": _("撤销组织"),
        "unit.reopened": _("恢复组织"),
        "unit.election_postponed": _("延期换届"),
        "unit.finding_put_off": _("暂不提醒一项结构检查"),
        "unit.finding_woken": _("恢复提醒一项结构检查"),
        "unit.sample_cleared": _("清除示例支部"),
        "unit.exported": _("导出组织架构"),
        "unit.appointed": _("任命职务"),
        "unit.post_ended": _("免去职务"),
    },
}
