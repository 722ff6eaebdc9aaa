"""Why an archive is not made or not taken, each naming what is wrong."""

from django.utils.translation import gettext_lazy as _

from shared.refusals import Refusal


class NothingHere(Refusal):
    message = _("空间里没有数据表，无法导出。")


class NoKey(Refusal):
    message = _("空间「{name}」的密钥已经销毁，不能再导出，也不能再核验它的存档。")


class NoRoom(Refusal):
    message = _("磁盘空间不足：需要约 {needed} MB，只剩 {free} MB。")
    status = 507


class ArchiveRefused(Refusal):
    """The archive is not taken. Nothing was changed."""

    status = 422


class NotAnArchive(ArchiveRefused):
    message = _("这不是存档文件（ZIP）。")


class CutOff(ArchiveRefused):
    message = _("存档不完整：文件在末尾之前中断了。")


class TooLarge(ArchiveRefused):
    message = _("存档太大：{what}为 {found}，最多 {most}。")


class UnsafePath(ArchiveRefused):
    message = _("存档里有不安全的文件名：{name}。")


class NamedTwice(ArchiveRefused):
    message = _("存档里的「{name}」出现了两次。")


class EntryMissing(ArchiveRefused):
    message = _("存档里缺少「{name}」。")


class EntryUnknown(ArchiveRefused):
    message = _("存档里的「{name}」不在清单中。")


class EntryDamaged(ArchiveRefused):
    message = _("存档里的「{name}」已损坏，读不出来。")


class DigestDiffers(ArchiveRefused):
    message = _("存档里的「{name}」与清单上的摘要不符，内容被改动过。")


class SizeDiffers(ArchiveRefused):
    message = _("存档里的「{name}」有 {found} 字节，清单上写的是 {said}。")


class RowsDiffer(ArchiveRefused):
    message = _("表「{table}」在存档里有 {found} 行，清单上写的是 {said}。")


class ManifestDamaged(ArchiveRefused):
    message = _("存档的清单读不懂：{what}。")


class OtherFormat(ArchiveRefused):
    message = _("存档的格式是第 {found} 版，本平台能读第 {known} 版。")


class OtherWorkspace(ArchiveRefused):
    message = _("这是另一个空间的存档：「{name}」（{uuid}）。")


class Forged(ArchiveRefused):
    message = _("存档的清单与空间的签名不符：不是本空间导出的，或者被改动过。")


class NewerHead(ArchiveRefused):
    message = _("存档来自更新的版本，含有这里没有的迁移「{migration}」。")


class OlderHead(ArchiveRefused):
    message = _("存档来自更早的版本，缺少迁移「{migration}」。")


class UnknownTable(ArchiveRefused):
    message = _("存档里的表「{table}」在这个版本中不存在。")


class TableMissing(ArchiveRefused):
    message = _("存档里缺少表「{table}」。")


class OtherColumns(ArchiveRefused):
    message = _("表「{table}」的列与这个版本不同：{columns}。")


class NotEmpty(Refusal):
    message = _("表「{table}」里已有数据，只能恢复到空的空间。")


class RowRefused(ArchiveRefused):
    message = _("表「{table}」的数据放不回去：{why}")


class ContentDiffers(ArchiveRefused):
    message = _("放回之后与存档不一致：{what}。")
