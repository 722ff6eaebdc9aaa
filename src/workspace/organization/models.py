"""The tree of party organisations (党组织)."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node, MP_NodeManager, MP_NodeQuerySet


class UnitQuerySet(MP_NodeQuerySet):
    def open(self) -> "UnitQuerySet":
        """Not closed."""
        return self.filter(closed_on__isnull=True)

    def below(self, unit: "Unit") -> "UnitQuerySet":
        """The unit and everything under it: one prefix test on the path."""
        return self.filter(path__startswith=unit.path)

    def branches(self) -> "UnitQuerySet":
        """Those that hold members themselves (支部)."""
        return self.filter(type__in=Unit.BRANCHES)


class UnitManager(MP_NodeManager):
    def get_queryset(self) -> UnitQuerySet:
        return UnitQuerySet(self.model, using=self._db).order_by("path")


class Unit(MP_Node):
    """One party organisation. The root is the partner organisation's own highest one."""

    class Type(models.TextChoices):
        """Official organisation type codes; party groups (党小组) have none of their own."""

        COMMITTEE = "611", _("党委")
        GENERAL_BRANCH = "621", _("党总支部")
        BRANCH = "631", _("党支部")
        JOINT_BRANCH = "632", _("联合党支部")
        TEMPORARY_COMMITTEE = "911", _("临时党委")
        TEMPORARY_GENERAL_BRANCH = "921", _("临时党总支部")
        TEMPORARY_BRANCH = "931", _("临时党支部")
        TEMPORARY_JOINT_BRANCH = "932", _("临时联合党支部")
        GROUP = "group", _("党小组")

    BRANCHES: ClassVar = (Type.BRANCH, Type.JOINT_BRANCH, Type.TEMPORARY_BRANCH, Type.TEMPORARY_JOINT_BRANCH)

    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=40, blank=True)
    code = models.CharField(max_length=40, blank=True)
    type = models.CharField(max_length=8, choices=Type.choices, default=Type.BRANCH)
    established_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    # When the sitting committee or secretary was elected; the term's end follows from the rules.
    elected_on = models.DateField(null=True, blank=True)
    is_sample = models.BooleanField(default=False)  # the 示例 branch that one click clears
    updated_at = models.DateTimeField(auto_now=True)

    objects = UnitManager()

    class Meta:
        # Siblings share no name, so an import's unit column is never ambiguous within one parent.
        indexes: ClassVar = [models.Index(fields=["path"], name="unit_below", opclasses=["text_pattern_ops"])]

    def __str__(self) -> str:
        return self.short_name or self.name

    @property
    def is_branch(self) -> bool:
        return self.type in self.BRANCHES

    def is_at_or_below(self, other: "Unit") -> bool:
        """Whether `other` reaches this unit."""
        return bool(self.path.startswith(other.path))
