from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearningConfig(AppConfig):
    name = "workspace.learning"
    label = "learning"
    verbose_name = _("学习")

    def ready(self) -> None:
        from shared import navigation
        from workspace.learning import file_parts, following

        navigation.register(
            area="workspace",
            name="learning",
            label=_("学习"),
            icon="book-2",
            url_name="learning:index",
            order=70,
            group=_("日常"),
        )
        following.announce()
        file_parts.announce()
