"""Why a file cannot be read, each by its own name, each saying what to do next."""

from django.utils.translation import gettext_lazy as _

from shared.refusals import Refusal


class ImportRefused(Refusal):
    """Any reason for which a file is not read at all."""

    status = 400


class Unreadable(ImportRefused):
    message = _("这个文件打不开，可能已损坏。请用 Excel 或 WPS 打开后另存为 xlsx，再试一次。")


class NotASpreadsheet(ImportRefused):
    message = _("这不是电子表格（{kind}）。请使用 xlsx、xls、ods 或 csv 文件。")


class Encrypted(ImportRefused):
    message = _("这个文件设有打开密码。请取消密码后另存，再试一次。")


class TooLarge(ImportRefused):
    message = _("{what}超过上限（{found}，最多 {limit}）。请拆分后分批导入。")


class Empty(ImportRefused):
    message = _("表格里没有内容。")


class NoSuchSheet(ImportRefused):
    message = _("文件里没有名为“{sheet}”的工作表。")
