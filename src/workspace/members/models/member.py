"""The register (党员名册)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from workspace.organization.models import Unit


class MemberQuerySet(models.QuerySet["Member"]):
    def present(self) -> "MemberQuerySet":
        """Still on the register: not left."""
        return self.filter(left_on__isnull=True)

    def full(self) -> "MemberQuerySet":
        return self.filter(category=Member.Category.FULL)

    def below(self, unit: Unit) -> "MemberQuerySet":
        return self.filter(unit__path__startswith=unit.path)


class Member(models.Model):
    """One person of one branch, with the official columns (party-rules.md §7). Names follow `importing.columns`."""

    class Category(models.TextChoices):
        """人员类别."""

        FULL = "full", _("正式党员")
        PROBATIONARY = "probationary", _("预备党员")
        DEVELOPMENT_OBJECT = "development_object", _("发展对象")
        ACTIVIST = "activist", _("入党积极分子")
        APPLICANT = "applicant", _("入党申请人")

    MEMBERS: ClassVar = (Category.FULL, Category.PROBATIONARY)

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="members")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="member"
    )
    name = models.CharField(max_length=60)
    pinyin = models.CharField(max_length=120, blank=True)  # zhangsan
    initials = models.CharField(max_length=20, blank=True)  # zs
    sex = models.CharField(max_length=1, blank=True)  # GB/T 2261.1: 1 男, 2 女
    citizen_number = models.CharField(max_length=18, null=True, blank=True, unique=True)  # GB 11643
    ethnic_group = models.CharField(max_length=2, blank=True)  # GB/T 3304
    birth_date = models.DateField(null=True, blank=True)
    education = models.CharField(max_length=2, blank=True)  # GB/T 4658
    degree = models.CharField(max_length=3, blank=True)  # GB/T 6864
    category = models.CharField(max_length=20, choices=Category.choices, default=Category.FULL)
    phone = models.CharField(max_length=20, blank=True)
    joined_on = models.DateField(null=True, blank=True)
    converted_on = models.DateField(null=True, blank=True)
    party_age_correction_months = models.SmallIntegerField(default=0)
    new_social_stratum = models.CharField(max_length=60, blank=True)
    job = models.CharField(max_length=60, blank=True)
    technical_title = models.CharField(max_length=60, blank=True)
    is_migrant_worker = models.BooleanField(default=False)
    residence = models.CharField(max_length=200, blank=True)
    registered_residence = models.CharField(max_length=200, blank=True)
    is_lost_contact = models.BooleanField(default=False)
    is_floating = models.BooleanField(default=False)
    joining_type = models.CharField(max_length=40, blank=True)
    conversion_status = models.CharField(max_length=40, blank=True)
    joined_at_unit = models.CharField(max_length=120, blank=True)
    probation_extension = models.CharField(max_length=40, blank=True)
    # 年老体弱 and the like (教育管理条例 art. 23): leaves the hard denominators.
    is_exempt = models.BooleanField(default=False)
    left_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["unit", "name"], name="member_roster"),
            models.Index(fields=["initials"], name="member_initials", opclasses=["text_pattern_ops"]),
            models.Index(fields=["pinyin"], name="member_pinyin", opclasses=["text_pattern_ops"]),
        ]

    def __str__(self) -> str:
        return self.name
