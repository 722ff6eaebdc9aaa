from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QualityConfig(AppConfig):
    name = "workspace.quality"
    label = "quality"
    verbose_name = _("党员信息质量")

    def ready(self) -> None:
        from shared import navigation

        navigation.register(
            area="workspace",
            name="quality",
            label=_("信息质量"),
            icon="clipboard-check",
            url_name="quality:overview",
            order=36,
            group=_("组织与党员"),
            needs="quality.view",
        )
