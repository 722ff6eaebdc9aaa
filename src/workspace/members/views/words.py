"""Words for what the engine names in code."""

from django.utils.translation import gettext_lazy as _

from workspace.members.importing.columns import Kind, Need

KINDS = {
    Kind.NAME: _("姓名"),
    Kind.TEXT: _("文字"),
    Kind.CITIZEN_NUMBER: _("18 位公民身份号码"),
    Kind.PHONE: _("电话"),
    Kind.DATE: _("日期"),
    Kind.CODE: _("从代码表选择"),
    Kind.BOOLEAN: _("是或否"),
    Kind.MONTHS: _("月数"),
    Kind.YEARS: _("年数"),
    Kind.UNIT: _("党支部名称"),
}
NEEDS = {Need.REQUIRED: _("必填"), Need.WANTED: _("建议填写"), Need.OPTIONAL: _("选填")}
SKIPPED = {
    "total": _("合计行"),
    "note": _("说明"),
    "section": _("小标题"),
    "header": _("重复的表头"),
}
