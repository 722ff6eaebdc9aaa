"""One organisation on its way in (注册): what it has told us so far, kept on the server between screens."""

import secrets
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from provisioning.models.invitation import PartnerInvitation
from provisioning.models.opening import Opening
from tenants.models.tenant import UnitType


def new_token() -> str:
    """256 random bits, safe in an address and a cookie."""
    return secrets.token_urlsafe(32)


class Signup(models.Model):
    """Found by `token`, which only the browser that began it holds, in a signed cookie.

    `answered` lists the steps whose answers stand. Everything here is personal or half-said, so the row goes thirty
    days after it was last touched; what the funnel needs stays in SignupEvent.
    """

    class NoCode(models.TextChoices):
        """Why there is no unified social credit code (统一社会信用代码)."""

        PENDING = "pending", _("尚未取得")
        SUPERIOR = "superior", _("由上级单位统一持有")
        OTHER = "other", _("其他原因")

    token = models.CharField(max_length=43, unique=True, default=new_token, editable=False)
    invitation = models.ForeignKey(PartnerInvitation, on_delete=models.SET_NULL, null=True, blank=True, db_index=False)
    opening = models.OneToOneField(Opening, on_delete=models.CASCADE, null=True, blank=True, related_name="signup")
    answered = models.JSONField(default=list)
    name = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=24, choices=UnitType.choices, blank=True)
    credit_code = models.CharField(max_length=18, blank=True)
    no_code = models.CharField(max_length=10, choices=NoCode.choices, blank=True)
    region = models.CharField(max_length=6, blank=True)  # GB/T 2260 province code
    stated_members = models.PositiveIntegerField(null=True, blank=True)  # people
    contact_name = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=11, blank=True)
    email = models.EmailField(blank=True)
    code_digest = models.CharField(max_length=64, blank=True)
    code_sent_at = models.DateTimeField(null=True, blank=True)
    code_tries = models.PositiveSmallIntegerField(default=0)
    verified_at = models.DateTimeField(null=True, blank=True)
    slug = models.CharField(max_length=32, blank=True)
    notice_version = models.CharField(max_length=20, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    language = models.CharField(max_length=10, default="zh-hans")
    created_at = models.DateTimeField(auto_now_add=True)
    touched_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [
            # Two browsers of one organisation may confirm at the same instant: one opens, the other is told.
            models.UniqueConstraint(
                fields=["credit_code"],
                condition=Q(opening__isnull=False) & ~Q(credit_code=""),
                name="one_opening_an_organisation",
            )
        ]

    def __str__(self) -> str:
        return self.name or self.token[:6]

    def has_answered(self, step: str) -> bool:
        """Whether the answer of a step stands."""
        return step in self.answered

    def answer(self, step: str) -> None:
        """Note that a step is answered. Not saved."""
        if step not in self.answered:
            self.answered = [*self.answered, step]

    def reopen(self, *steps: str) -> None:
        """Ask these steps again. Not saved."""
        self.answered = [step for step in self.answered if step not in steps]
