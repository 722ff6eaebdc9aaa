from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TransfersConfig(AppConfig):
    name = "workspace.transfers"
    label = "transfers"
    verbose_name = _("组织关系转接")

    def ready(self) -> None:
        from shared import navigation
        from workspace.transfers import following, panels

        navigation.register(
            area="workspace",
            name="transfers",
            label=_("组织关系"),
            icon="arrows-exchange",
            url_name="transfers:index",
            order=34,
            group=_("组织与党员"),
            needs="transfer.view",
        )
        panels.register()
        following.announce()
