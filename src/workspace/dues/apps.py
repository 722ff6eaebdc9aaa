from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DuesConfig(AppConfig):
    name = "workspace.dues"
    label = "dues"
    verbose_name = _("党费")

    def ready(self) -> None:
        from shared import navigation
        from workspace.dues import file_parts, following
        from workspace.dues.queries.settled import paid_until
        from workspace.transfers import paid

        navigation.register(
            area="workspace",
            name="dues",
            label=_("党费"),
            icon="coin",
            url_name="dues:index",
            order=60,
            group=_("日常"),
        )
        paid.answer_with(paid_until)
        following.announce()
        file_parts.announce()
