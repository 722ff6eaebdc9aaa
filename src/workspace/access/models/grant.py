"""Roles granted on a unit (授权): they reach the unit and everything below it."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from workspace.access.models.own_role import CODE, OwnRole
from workspace.organization.models import Unit


class Role(models.TextChoices):
    """Built in; what each may do is declared by the apps (`shared.permissions`)."""

    ADMIN = "admin", _("单位管理员")
    MANAGER = "manager", _("业务管理员")
    SECRETARY = "secretary", _("支部书记")
    ORGANIZER = "organizer", _("组织委员")
    PUBLICITY = "publicity", _("宣传委员")
    DISCIPLINE = "discipline", _("纪检委员")
    COMMITTEE = "committee", _("委员")
    MEMBER = "member", _("党员")
    SYSTEM = "system", _("系统管理员")
    SECURITY = "security", _("安全管理员")
    AUDITOR = "auditor", _("审计管理员")


# The three administrators, who are never one person; on the root alone.
OFFICES = (Role.SYSTEM, Role.SECURITY, Role.AUDITOR)


class GrantQuerySet(models.QuerySet["Grant"]):
    def in_force(self, on: date) -> "GrantQuerySet":
        """Begun, and not over yet on that day."""
        begun = Q(since__isnull=True) | Q(since__lte=on)
        return self.filter(begun, Q(until__isnull=True) | Q(until__gte=on))

    def not_over(self, on: date) -> "GrantQuerySet":
        """In force on that day or later."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=on))

    def own(self) -> "GrantQuerySet":
        """Not lent by somebody who is away."""
        return self.filter(delegated_from__isnull=True)

    def locked(self) -> "GrantQuerySet":
        """In the order they were made, with what the record says of them, for who is about to change or end them."""
        return self.select_for_update(of=("self",)).select_related("user", "unit").order_by("pk")

    def named(self) -> "GrantQuerySet":
        """Each with the name of its role, also of one that the workspace made."""
        names = OwnRole.objects.annotate(role_code=CODE).filter(role_code=OuterRef("role")).values("name")[:1]
        return self.annotate(own_name=Subquery(names))


class Grant(models.Model):
    """A person holds a role on a unit, from a day and perhaps until one; or stands in for somebody who does."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="grants", db_index=False)
    role = models.CharField(max_length=12)  # of `Role`, or the code of an `OwnRole`
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="grants")
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    granted_at = models.DateTimeField(auto_now_add=True)
    since = models.DateField(null=True, blank=True)  # empty: from the day it was granted
    until = models.DateField(null=True, blank=True)
    # Delegation (代理): whose grant this one stands for, why, and which groups of permissions; empty: all of the role.
    delegated_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="delegations", db_index=False
    )
    reason = models.CharField(max_length=120, blank=True, default="", db_default="")
    only = models.CharField(max_length=200, blank=True, default="", db_default="")  # " members dues "

    objects = GrantQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "role", "unit"], name="one_grant_each"),
            models.UniqueConstraint(fields=["user"], condition=Q(role__in=OFFICES), name="one_office_each"),
            models.CheckConstraint(condition=~Q(granted_by=F("user")), name="nobody_grants_to_self"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.unit}"

    def get_role_display(self) -> str:
        """Its name; one query for a role of the workspace's own, unless `named()` has read it."""
        if self.role in Role.values:
            return str(Role(self.role).label)
        known: str | None = getattr(self, "own_name", None)
        if known is None:
            known = OwnRole.objects.of_code(self.role).values_list("name", flat=True).first()
        return known or self.role

    @property
    def groups(self) -> frozenset[str]:
        """The groups of permissions a delegation is limited to; empty: all."""
        return frozenset(self.only.split())

    @property
    def begins(self) -> date:
        return self.since or localdate(self.granted_at)
