from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from shared import navigation


class OrganizationConfig(AppConfig):
    name = "workspace.organization"
    label = "organization"
    verbose_name = _("组织")

    def ready(self) -> None:
        navigation.register(
            area="workspace",
            name="organization",
            label=_("组织"),
            icon="sitemap",
            url_name="organization:tree",
            order=20,
            group=_("组织与党员"),
        )
