from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "workspace.home"
    label = "home"

    def ready(self) -> None:
        from shared import navigation

        navigation.register(
            area="workspace", name="home", label=_("首页"), icon="home", url_name="home:start", order=10
        )
