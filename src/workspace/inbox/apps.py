from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InboxConfig(AppConfig):
    name = "workspace.inbox"
    label = "inbox"

    def ready(self) -> None:
        from shared import navigation
        from workspace.inbox.queries import unread

        navigation.register(
            area="bar",
            name="inbox",
            label=_("消息"),
            icon="bell",
            url_name="inbox:listing",
            order=10,
            count=lambda request: unread(request.user) if request.user.is_authenticated else 0,
        )
