"""The customer: one partner organisation (合作单位) and where its workspace lives."""

import secrets
import uuid
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_tenants.models import TenantMixin

from shared.clock import now
from shared.workspace import Workspace
from tenants import context, heads, keys
from tenants.names import new_schema_name, validate_schema, validate_slug


class UnitType(models.TextChoices):
    """What kind of organisation signed up (单位类型); decides the template its workspace starts with."""

    GOVERNMENT = "government", _("机关")
    STATE_ENTERPRISE = "state_enterprise", _("国有企业")
    PRIVATE_ENTERPRISE = "private_enterprise", _("民营企业")
    UNIVERSITY = "university", _("高校")
    HOSPITAL = "hospital", _("医院")
    COMMUNITY = "community", _("社区")
    ASSOCIATION = "association", _("社会组织")
    OTHER = "other", _("其他")


class Ring(models.IntegerChoices):
    """When a release reaches a workspace (发布环): our own first, then those that volunteered, a tenth, everybody."""

    OWN = 0, _("自用")
    PILOT = 1, _("试点")
    TENTH = 2, _("先行一成")
    ALL = 3, _("其余全部")


def drawn_ring() -> int:
    """The ring of a new workspace: one in ten goes early, by lot. OWN and PILOT are an operator's choice."""
    return Ring.TENTH if secrets.randbelow(10) == 0 else Ring.ALL


class TenantQuerySet(models.QuerySet["Tenant"]):
    def active(self) -> "TenantQuerySet":
        """Those that answer to their people: active, read-only, or closing and not yet closed."""
        return self.filter(state__in=Tenant.SERVING)


class Tenant(TenantMixin):
    """`schema_name` is the schema and the role. Restored content lives in a schema of its own, so a tenant may come to
    another one; no name is ever used again."""

    class State(models.TextChoices):
        """The lifecycle (生命周期) of product.md; `tenants.lifecycle` holds its legal edges."""

        REQUESTED = "requested", _("已申请")
        VERIFIED = "verified", _("已核验")
        PROVISIONING = "provisioning", _("开通中")
        ACTIVE = "active", _("使用中")
        READ_ONLY = "read_only", _("只读")
        SUSPENDED = "suspended", _("已暂停")
        CLOSING = "closing", _("关闭中")
        ARCHIVED = "archived", _("已归档")
        PURGED = "purged", _("已清除")
        FAILED = "failed", _("开通失败")
        RESTORING = "restoring", _("恢复中")

    SERVING: ClassVar = (State.ACTIVE, State.READ_ONLY, State.CLOSING)

    auto_create_schema = False
    auto_drop_schema = False

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    schema_name = models.CharField(
        max_length=18, unique=True, default=new_schema_name, editable=False, validators=[validate_schema]
    )
    slug = models.CharField(max_length=32, unique=True, validators=[validate_slug])
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=24, choices=UnitType.choices, default=UnitType.OTHER)
    credit_code = models.CharField(max_length=18, blank=True)  # GB 32100 统一社会信用代码
    region = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=16, choices=State.choices, default=State.REQUESTED)
    stated_members = models.PositiveIntegerField(default=0)  # people, as stated at sign-up
    migration_head = models.CharField(max_length=64, blank=True)
    ring = models.PositiveSmallIntegerField(choices=Ring.choices, default=drawn_ring)
    sealed_key = models.BinaryField(null=True, editable=False)  # see `tenants.keys`; gone once the key is destroyed
    created_at = models.DateTimeField(auto_now_add=True)
    activated_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)  # while closing: until then it can be read and kept

    objects = TenantQuerySet.as_manager()

    address = ""  # the label it answers to now; `tenants.hosts` knows
    _workspace: tuple[tuple[object, ...], Workspace] | None = None
    _context: context.Context | None = None

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "created_at"], name="tenant_state_created")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A workspace has its own key from its first row on."""
        if self._state.adding:
            self.seal()
        # Past django-tenants' own save: it would ask for the schema and make one, which is provisioning's work here.
        super(TenantMixin, self).save(*args, **kwargs)

    def seal(self) -> None:
        """Make its key, unless it has one. Not saved."""
        if self.sealed_key is None:
            self.sealed_key = keys.make(self.uuid)

    @property
    def is_serving(self) -> bool:
        """Whether its host routes to it. One that is closing can be read until its time is over."""
        if self.state == self.State.CLOSING:
            return self.closes_at is not None and self.closes_at > now()
        return self.state in self.SERVING

    @property
    def is_reachable(self) -> bool:
        """Whether this code may enter it: it is serving, and its schema is of a version this code knows."""
        return self.is_serving and heads.is_servable(self.migration_head)

    @property
    def workspace(self) -> Workspace:
        """What the workspace may know of itself. Made once and kept until one of its fields changes: unwrapping a key
        costs more than all the rest of entering a workspace."""
        made_of = (self.name, self.slug, self.kind, self.state, self.sealed_key)
        if self._workspace is None or self._workspace[0] != made_of:
            self._workspace = (made_of, self._made_workspace())
        return self._workspace[1]

    def _made_workspace(self) -> Workspace:
        return Workspace(
            uuid=self.uuid,
            name=self.name,
            slug=self.slug,
            kind=self.kind,
            read_only=self.state != self.State.ACTIVE,
            closes_at=self.closes_at if self.state == self.State.CLOSING else None,
            secret=keys.unwrap(self.sealed_key, self.uuid) if self.sealed_key else b"",
        )

    @property
    def context(self) -> context.Context:
        """The role and the path of a request in this workspace, kept until the schema changes."""
        if self._context is None or self._context.schema != self.schema_name:
            self._context = context.of_schema(self.schema_name)
        return self._context
