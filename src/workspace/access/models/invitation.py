"""A way in for people who have no account yet (邀请): a link, its QR code on a poster, and a code to type."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models

from workspace.access.models.grant import Role
from workspace.organization.models import Unit


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self, at: datetime) -> "InvitationQuerySet":
        """Neither withdrawn nor expired; whether it is used up is asked of its joinings."""
        return self.filter(withdrawn_at__isnull=True, expires_at__gt=at)


class Invitation(models.Model):
    """Whoever joins by it gets a role on a unit. The link is not stored: `access.links` signs it for this workspace."""

    ROLES: ClassVar = (
        Role.MEMBER,
        Role.COMMITTEE,
        Role.ORGANIZER,
        Role.PUBLICITY,
        Role.DISCIPLINE,
        Role.SECRETARY,
    )

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="invitations", db_index=False)
    role = models.CharField(max_length=12, choices=Role.choices, default=Role.MEMBER)
    code = models.CharField(max_length=6, unique=True)
    needs_approval = models.BooleanField(default=True)
    max_uses = models.PositiveIntegerField(null=True, blank=True)  # people; empty: as many as come
    expires_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    created_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.unit} · {self.get_role_display()}"

    @property
    def spoken_code(self) -> str:
        """The code as it is read aloud and printed: two groups of three."""
        return f"{self.code[:3]} {self.code[3:]}"
