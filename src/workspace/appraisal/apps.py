from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AppraisalConfig(AppConfig):
    name = "workspace.appraisal"
    label = "appraisal"
    verbose_name = _("民主评议")

    def ready(self) -> None:
        from shared import navigation
        from workspace.access import things
        from workspace.appraisal import following, panels
        from workspace.appraisal.things import appraisal

        navigation.register(
            area="workspace",
            name="appraisal",
            label=_("民主评议"),
            icon="clipboard-check",
            url_name="appraisal:index",
            order=37,
            group=_("组织与党员"),
            needs="appraisal.view",
        )
        things.register("appraisal", _("民主评议"), appraisal)
        panels.register()
        following.announce()
