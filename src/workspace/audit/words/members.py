"""The register: entries, imports, exports."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LABELS: dict[str, Promise] = {"member": _("党员名册"), "import": _("批量导入")}
FAMILIES: dict[str, dict[str, Promise]] = {
    "member": {
        "member.created": _("登记党员"),
        "member.changed": _("修改党员资料"),
        "member.happened": _("登记党员事件"),
        "member.event_voided": _("作废党员事件"),
        "member.correction_asked": _("申请更正本人资料"),
        "member.correction_decided": _("处理更正申请"),
        "member.correction_withdrawn": _("撤回更正申请"),
        "member.left": _("党员离开名册"),
        "member.returned": _("党员恢复在册"),
        "member.linked": _("关联党员账号"),
        "member.unlinked": _("解除党员账号关联"),
        "member.unmasked": _("查看完整个人信息"),
        "member.merged": _("合并重复登记"),
        "member.merged_away": _("登记并入另一份"),
        "member.merge_undone": _("撤销合并"),
        "member.exported_own": _("本人导出资料"),
        "member.file_taken": _("导出个人档案"),
        "members.exported": _("导出党员名册"),
        "statistics.exported": _("导出党内统计"),
        "quality.asked": _("请支部补全党员信息"),
        "quality.completed": _("补全党员信息办结"),
        "quality.exported": _("导出待补全表格"),
    },
    "import": {
        "members.import_opened": _("上传导入文件"),
        "members.import_started": _("开始导入"),
        "members.import_finished": _("完成导入"),
        "members.import_undone": _("撤销整批导入"),
        "members.import_dropped": _("放弃导入"),
        "member.imported": _("导入党员"),
        "member.import_undone": _("撤销导入的党员"),
    },
}
