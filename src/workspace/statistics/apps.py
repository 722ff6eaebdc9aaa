from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StatisticsConfig(AppConfig):
    name = "workspace.statistics"
    label = "statistics"
    verbose_name = _("党内统计")

    def ready(self) -> None:
        from shared import navigation
        from workspace.statistics import taking

        navigation.register(
            area="workspace",
            name="statistics",
            label=_("党内统计"),
            icon="report-analytics",
            url_name="statistics:overview",
            order=34,
            group=_("组织与党员"),
            needs="statistics.view",
        )
        taking.announce()
