from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ElectionsConfig(AppConfig):
    name = "workspace.elections"
    label = "elections"
    verbose_name = _("换届选举")

    def ready(self) -> None:
        from shared import navigation
        from workspace.access import things
        from workspace.elections import following, panels
        from workspace.elections.things import election

        navigation.register(
            area="workspace",
            name="elections",
            label=_("换届选举"),
            icon="checkbox",
            url_name="elections:index",
            order=36,
            group=_("组织与党员"),
            needs="election.view",
        )
        things.register("election", _("换届"), election)
        panels.register()
        following.announce()
