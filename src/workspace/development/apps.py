from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DevelopmentConfig(AppConfig):
    name = "workspace.development"
    label = "development"
    verbose_name = _("发展党员")

    def ready(self) -> None:
        from shared import navigation
        from workspace.development import following, panels

        navigation.register(
            area="workspace",
            name="development",
            label=_("发展党员"),
            icon="seedling",
            url_name="development:index",
            order=35,
            group=_("组织与党员"),
            needs="development.view",
        )
        panels.register()
        following.announce()
