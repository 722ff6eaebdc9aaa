"""What happened to a party organisation on a day (沿革): the rows from which the tree of any day is told."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from workspace.organization.models.unit import Unit
from workspace.organization.standing import Basis, Other, Standing


class ChangeQuerySet(models.QuerySet["Change"]):
    def in_order(self) -> "ChangeQuerySet":
        """The oldest first; of one day, in the order in which they were written down."""
        return self.order_by("on", "pk")


class Change(models.Model):
    """One dated change of one unit. `before` is null where the unit begins, `after` where it ends."""

    class Kind(models.TextChoices):
        ESTABLISHED = "established", _("成立")
        RENAMED = "renamed", _("更名")
        RETYPED = "retyped", _("改设")
        MOVED = "moved", _("调整隶属")
        MERGED = "merged", _("合并")
        SPLIT = "split", _("分设")
        DISSOLVED = "dissolved", _("撤销")
        RESTORED = "restored", _("恢复")
        CORRECTED = "corrected", _("更正")

    # Read by all units or by one, of a table of a few pages: no index.
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="changes", db_index=False)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    on = models.DateField(_("生效日期"))
    basis = models.JSONField(default=dict)  # standing.Basis
    before = models.JSONField(null=True)  # standing.Standing
    after = models.JSONField(null=True)
    others = models.JSONField(default=list)  # of standing.Other: merged into, split from
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    at = models.DateTimeField(auto_now_add=True)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(before__isnull=False) | Q(after__isnull=False), name="change_of_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on}"

    @property
    def paper(self) -> Basis:
        """What it rests on."""
        return Basis.read(self.basis)

    @property
    def was(self) -> Standing | None:
        return Standing.read(self.before)

    @property
    def became(self) -> Standing | None:
        return Standing.read(self.after)

    @property
    def involved(self) -> tuple[Other, ...]:
        return tuple(Other.read(stored) for stored in self.others)
