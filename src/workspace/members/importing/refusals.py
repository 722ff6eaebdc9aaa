"""Why a file that can be read holds no members, each by its own name, each saying what to do next."""

from django.utils.translation import gettext_lazy as _

from shared.spreadsheets.refusals import ImportRefused


class NoHeader(ImportRefused):
    message = _("没有找到表头。表头应是一行列名，至少包含“姓名”和另一列，例如“公民身份号码”。")


class NoRows(ImportRefused):
    message = _("表头下面没有数据。")
