"""Which release an archive speaks of: its tables are made as they were then, and the fleet brings them forward."""

from django.utils.translation import gettext_lazy as _

from provisioning import template
from provisioning.models import Release
from tenants.models import Tenant
from workspace import portability


class NewerRelease(portability.ArchiveRefused):
    message = _("存档来自更新的版本：这里没有迁移「{migration}」。请先升级平台。")


class UnknownRelease(portability.ArchiveRefused):
    message = _("存档的版本（{head}）没有留下建表语句，不能恢复。请在做过这个版本的平台上恢复，升级后再导出一次。")


def release_for(said: portability.Manifest, *, of: Tenant) -> Release:
    """The release whose migrations are those of the archive. Raises NewerRelease, UnknownRelease.

    Several may have the same names, from a time when their text still changed: then the tenant's own, or the newest.
    """
    template.release()
    rows = list(Release.objects.defer("statements").order_by("-rendered_at"))
    fitting = [row for row in rows if portability.head_of(row.migrations) == said.head]
    if fitting:
        return next((row for row in fitting if row.head == of.migration_head), fitting[0])
    known = {(app, name) for row in rows for app, name in row.migrations}
    if strange := set(said.migrations) - known:
        raise NewerRelease(migration=".".join(min(strange)))
    raise UnknownRelease(head=said.head[:12])
