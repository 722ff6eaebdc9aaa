"""Roles, permissions and ways in under `/api/v1/`, over the same queries and actions as the pages."""

from rest_framework.routers import BaseRouter

from workspace.access.api import consents
from workspace.access.api.delegations import DelegationView
from workspace.access.api.duties import DutiesView
from workspace.access.api.grants import GrantView
from workspace.access.api.idle import IdleView
from workspace.access.api.invitations import InvitationView
from workspace.access.api.reasons import ReasonView
from workspace.access.api.roles import PermissionView, RoleView


def register(router: BaseRouter) -> None:
    """This app's resources under `/api/v1/`."""
    router.register("grants", GrantView, basename="grant")
    router.register("invitations", InvitationView, basename="invitation")
    router.register("permissions", PermissionView, basename="permission")
    router.register("roles", RoleView, basename="role")
    router.register("delegations", DelegationView, basename="delegation")
    router.register("access-reasons", ReasonView, basename="access-reason")
    router.register("idle-accounts", IdleView, basename="idle-account")
    router.register("duties", DutiesView, basename="duty")
    consents.register(router)
