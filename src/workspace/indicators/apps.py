from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from shared import navigation


class IndicatorsConfig(AppConfig):
    name = "workspace.indicators"
    label = "indicators"
    verbose_name = _("六个一目了然")

    def ready(self) -> None:
        navigation.register(
            area="workspace",
            name="indicators",
            label=_("六个一目了然"),
            short=_("一目了然"),
            icon="layout-dashboard",
            url_name="indicators:overview",
            order=15,
            needs="unit.dashboard",
        )
        navigation.register(
            area="user", name="development", label=_("我的发展"), icon="trending-up", url_name="indicators:me", order=30
        )
