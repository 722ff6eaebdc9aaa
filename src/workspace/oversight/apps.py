from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OversightConfig(AppConfig):
    name = "workspace.oversight"
    label = "oversight"

    def ready(self) -> None:
        from shared import navigation

        navigation.register(
            area="workspace",
            name="oversight",
            label=_("审计记录"),
            icon="history",
            url_name="oversight:list",
            order=980,
            group=_("管理"),
            needs="audit.view",
        )
