from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class AccessConfig(AppConfig):
    name = "workspace.access"
    label = "access"

    def ready(self) -> None:
        """Answer what the apps below ask: who administers, and who may see and change which unit."""
        # each app says itself what it lets people do
        autodiscover_modules("permissions")
        from shared import navigation
        from workspace.access import residency
        from workspace.access.acting import stands_in_for
        from workspace.access.queries import administers, known_roles, units_where
        from workspace.accounts import standing
        from workspace.audit import actions as audit
        from workspace.audit import behalf
        from workspace.organization import visibility

        standing.answer_with(administers)
        visibility.answer_with(units_where)
        residency.register()
        audit.roles_from(lambda user: " ".join(sorted(known_roles(user))))
        behalf.answer_with(stands_in_for)
        group = _("管理")
        navigation.register(
            area="workspace",
            name="people",
            label=_("人员与角色"),
            icon="users-group",
            url_name="access:people",
            order=910,
            group=group,
            needs="access.review",
        )
        navigation.register(
            area="workspace",
            name="invitations",
            label=_("邀请"),
            icon="qrcode",
            url_name="access:invitations",
            order=920,
            group=group,
            needs="access.invite",
        )
        navigation.register(
            area="workspace",
            name="consents",
            label=_("双人复核"),
            icon="shield-check",
            url_name="access:consents",
            order=930,
            group=group,
            needs="member.export",
        )
        navigation.register(
            area="user", name="access", label=_("我的权限"), icon="shield-check", url_name="access:mine", order=20
        )
