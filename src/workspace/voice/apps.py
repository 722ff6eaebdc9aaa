from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VoiceConfig(AppConfig):
    name = "workspace.voice"
    label = "voice"
    verbose_name = _("提问与建议")

    def ready(self) -> None:
        from shared import navigation
        from workspace.voice import residency

        navigation.register(
            area="workspace",
            name="voice",
            label=_("提问与建议"),
            icon="message-question",
            url_name="voice:index",
            order=80,
            group=_("日常"),
        )
        residency.register()
