"""A partner organisation that the operator asked in (邀请)."""

import secrets
from datetime import datetime, timedelta

from django.db import models

from tenants.models.tenant import UnitType

LIFETIME = timedelta(days=30)


def new_invitation_token() -> str:
    """192 random bits: the link is the only secret of an invitation."""
    return secrets.token_urlsafe(24)


class PartnerInvitation(models.Model):
    """A link that fills in what the operator already knows. It serves one opening, until it expires."""

    token = models.CharField(max_length=32, unique=True, default=new_invitation_token, editable=False)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=24, choices=UnitType.choices, blank=True)
    region = models.CharField(max_length=6, blank=True)  # GB/T 2260 province code
    credit_code = models.CharField(max_length=18, blank=True)
    email = models.EmailField(blank=True)
    wave = models.CharField(max_length=60, blank=True)  # the roll-out wave it belongs to
    invited_by = models.CharField(max_length=150)
    invited_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name

    def is_expired(self, *, at: datetime) -> bool:
        """Whether its time is over."""
        return self.expires_at <= at
