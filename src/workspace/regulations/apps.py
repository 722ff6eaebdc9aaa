from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from shared import navigation


class RegulationsConfig(AppConfig):
    name = "workspace.regulations"
    label = "regulations"
    verbose_name = _("规则依据")

    def ready(self) -> None:
        # each app says itself what it does because of rules; this one only shows it
        autodiscover_modules("rule_uses")
        navigation.register(
            area="workspace",
            name="rules",
            label=_("规则依据"),
            icon="scale",
            url_name="regulations:rules",
            order=95,
            group=_("日常"),
        )
