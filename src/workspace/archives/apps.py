from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArchivesConfig(AppConfig):
    name = "workspace.archives"
    label = "archives"

    def ready(self) -> None:
        from shared import navigation
        from workspace.archives import consents

        consents.announce()
        navigation.register(
            area="workspace",
            name="archives",
            label=_("导出全部数据"),
            icon="package-export",
            url_name="archives:list",
            order=990,
            group=_("管理"),
            needs="workspace.export",
        )
        navigation.register(
            area="workspace",
            name="schedules",
            label=_("定期导出"),
            icon="calendar-event",
            url_name="archives:schedules",
            order=985,
            group=_("管理"),
            needs="export.schedule",
        )
