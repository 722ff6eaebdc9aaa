from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MembersConfig(AppConfig):
    name = "workspace.members"
    label = "members"

    def ready(self) -> None:
        from shared import navigation
        from workspace.access.things import register
        from workspace.members import consents, following, panels, residency, things

        navigation.register(
            area="workspace",
            name="members",
            label=pgettext_lazy("navigation", "党员"),
            icon="users",
            url_name="members:register",
            order=30,
            group=_("组织与党员"),
            needs="member.view",
        )
        navigation.register(area="user", name="me", label=_("我的资料"), icon="user", url_name="members:me", order=10)
        panels.register()
        consents.announce()
        residency.register()
        following.announce()
        register("member", _("党员"), things.member)
