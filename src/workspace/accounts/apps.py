from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "workspace.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Two lines in everybody's own menu, on every host that has accounts."""
        from shared import navigation

        entry = navigation.register
        entry(area="user", name="me", label=_("个人资料"), icon="user", url_name="accounts:me", order=10)
        entry(
            area="user",
            name="security",
            label=_("账号安全"),
            icon="shield-lock",
            url_name="accounts:security",
            order=20,
        )
