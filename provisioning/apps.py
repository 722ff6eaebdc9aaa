from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from shared import navigation
from tenants import heads


class ProvisioningConfig(AppConfig):
    name = "provisioning"

    def ready(self) -> None:
        from provisioning import template
        from provisioning.fleet import window

        heads.register(window.served, ours=lambda: template.head())
        from provisioning import closing
        from tenants import lifecycle

        lifecycle.listen(closing.reopened)
        for order, (name, label, icon) in enumerate(
            (
                ("six", _("六个一目了然"), "layout-dashboard"),
                ("questions", _("常见问题"), "help-circle"),
                ("changelog", _("更新日志"), "news"),
                ("status", _("服务状态"), "server"),
                ("sign-up", _("免费开通"), "rocket"),
            )
        ):
            navigation.register(
                area="public", name=name, label=label, icon=icon, url_name=f"provisioning:{name}", order=order
            )
