"""The tree of party organisations (党组织)."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Length, Substr
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node, MP_NodeManager, MP_NodeQuerySet

from workspace.organization.notes import noted
from workspace.organization.spelling import spelled
from workspace.organization.standing import Standing

_UNASKED: Any = object()


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

    def children_of(self, unit: "Unit") -> "UnitQuerySet":
        """The next level down."""
        return self.filter(path__startswith=unit.path, depth=unit.depth + 1)

    def above(self, unit: "Unit") -> "UnitQuerySet":
        """The units it stands under, the highest first."""
        step = Unit.steplen
        return self.filter(path__in=[unit.path[:end] for end in range(step, len(unit.path), step)])

    def with_parent(self) -> "UnitQuerySet":
        """Each with `parent_pk`, the key of the unit above; None for the root."""
        upper = Unit.objects.filter(path=Substr(OuterRef("path"), 1, Length(OuterRef("path")) - Unit.steplen))
        return self.annotate(parent_pk=Subquery(upper.order_by().values("pk")[:1]))

    def named_like(self, words: str) -> "UnitQuerySet":
        """Those whose name, short name, code, pinyin or pinyin initials hold the words."""
        typed = words.strip()
        spoken = "".join(typed.casefold().split())
        return self.filter(
            Q(name__icontains=typed)
            | Q(short_name__icontains=typed)
            | Q(code__istartswith=typed)
            | Q(pinyin__contains=spoken)
            | Q(initials__contains=spoken)
        )


class UnitManager(MP_NodeManager.from_queryset(UnitQuerySet)):  # type: ignore[misc]  # treebeard has no types
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

    class Situation(models.TextChoices):
        """所在单位情况: of the unit (单位) that the organisation is in."""

        AS_ABOVE = "as_above", _("与上级党组织相同")
        LEGAL = "legal", _("法人单位")
        JOINT = "joint", _("联合党支部")

    TEMPORARY: ClassVar = (
        Type.TEMPORARY_COMMITTEE,
        Type.TEMPORARY_GENERAL_BRANCH,
        Type.TEMPORARY_BRANCH,
        Type.TEMPORARY_JOINT_BRANCH,
    )
    BRANCHES: ClassVar = (Type.BRANCH, Type.JOINT_BRANCH, Type.TEMPORARY_BRANCH, Type.TEMPORARY_JOINT_BRANCH)

    # Bytes in order, so that the unique index also answers "everything below", whatever the server's own collation.
    path = models.CharField(max_length=255, unique=True, db_collation="C")
    name = models.CharField(_("全称"), max_length=120)
    short_name = models.CharField(_("简称"), max_length=40, blank=True)
    code = models.CharField(_("编码"), max_length=40, blank=True)
    type = models.CharField(_("组织类别"), max_length=8, choices=Type.choices, default=Type.BRANCH)
    established_on = models.DateField(_("成立日期"), null=True, blank=True)
    # When the sitting committee or secretary was elected; the term's end follows from the rules.
    elected_on = models.DateField(_("本届选举日期"), null=True, blank=True)
    contact = models.CharField(_("联系人"), max_length=60, blank=True)
    contact_phone = models.CharField(_("联系电话"), max_length=20, blank=True)
    closed_on = models.DateField(_("撤销日期"), null=True, blank=True)
    closing_reason = models.CharField(_("撤销原因"), max_length=200, blank=True)
    is_sample = models.BooleanField(default=False)  # the 示例 branch that one click clears
    notes = models.JSONField(null=True, editable=False)  # notes.Notes
    pinyin = models.CharField(max_length=720, blank=True, editable=False)  # of the name: diyidangzhibu
    initials = models.CharField(max_length=120, blank=True, editable=False)  # dydzb
    updated_at = models.DateTimeField(auto_now=True)

    objects = UnitManager()

    # Facts as the columns are, of which most units say nothing.
    NOTED: ClassVar = ("situation", "region", "joint_units")
    situation = noted("situation")
    region = noted("region")
    joint_units = noted("joint_units")

    def __str__(self) -> str:
        return self.short_name or self.name

    def save(self, *args: Any, update_fields: Any = None, **kwargs: Any) -> None:
        """Keep the spelling with the name, and the time of the change with any change."""
        self.pinyin, self.initials = spelled(self.name)
        if update_fields is not None:
            named = {"notes" if name in self.NOTED else name for name in update_fields}
            update_fields = {*named, "pinyin", "initials", "updated_at"}
        super().save(*args, update_fields=update_fields, **kwargs)

    @property
    def is_open(self) -> bool:
        return self.closed_on is None

    @property
    def parent_path(self) -> str:
        """The path of the unit above; empty for the root."""
        return str(self.path[: -self.steplen])

    @property
    def standing(self) -> Standing:
        """As changes keep it. Asks for the unit above, unless `parent_pk` came with the row."""
        parent = getattr(self, "parent_pk", _UNASKED)
        if parent is _UNASKED:
            parent = Unit.objects.filter(path=self.parent_path).values_list("pk", flat=True).first()
        return Standing(self.name, self.type, parent)

    @property
    def is_branch(self) -> bool:
        return self.type in self.BRANCHES

    @property
    def is_temporary(self) -> bool:
        return self.type in self.TEMPORARY

    def is_at_or_below(self, other: "Unit") -> bool:
        """Whether `other` reaches this unit."""
        return bool(self.path.startswith(other.path))
