from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActivitiesConfig(AppConfig):
    name = "workspace.activities"
    label = "activities"

    def ready(self) -> None:
        from shared import navigation
        from workspace.activities import following, panels, residency

        navigation.register(
            area="workspace",
            name="activities",
            label=_("组织生活"),
            icon="calendar-event",
            url_name="activities:index",
            order=20,
            group=_("日常"),
        )
        panels.register()
        residency.register()
        following.announce()
