"""The register (党员名册)."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from shared.identity import name_pinyin
from workspace.members.models.lexemes import TAIL, LexemesField, folded, lexemes
from workspace.organization.models import Unit

_SPELLED_FROM = {"name", "phone"}
_SPELLED = ("pinyin", "initials", "found_by")
_CITIZEN_NUMBER_LENGTH = 18


class MemberQuerySet(models.QuerySet["Member"]):
    def present(self) -> "MemberQuerySet":
        """Still on the register: not left."""
        return self.filter(left_on__isnull=True)

    def full(self) -> "MemberQuerySet":
        return self.filter(category=Member.Category.FULL)

    def below(self, unit: Unit) -> "MemberQuerySet":
        return self.filter(unit__path__startswith=unit.path)

    def matching(self, typed: str) -> "MemberQuerySet":
        """By a part of the name, its pinyin or initials, four or more last digits of the phone, or a citizen number.

        Every way is answered by an index. Fewer than four digits find nobody.
        """
        words = folded(typed)
        if len(words) == _CITIZEN_NUMBER_LENGTH and words[:-1].isdecimal():
            return self.filter(citizen_number=words.upper())
        if words.isdecimal():
            found = self.filter(found_by__begins=words[-TAIL:]) if len(words) >= TAIL else self.none()
            return found.filter(phone__endswith=words)
        return self.filter(found_by__begins=words)

    def bulk_create(self, objs: Iterable["Member"], *args: Any, **kwargs: Any) -> list["Member"]:
        """As Django's, with the spelling of every name kept."""
        made = list(objs)
        for member in made:
            member.spell()
        return super().bulk_create(made, *args, **kwargs)

    def bulk_update(self, objs: Iterable["Member"], fields: Iterable[str], *args: Any, **kwargs: Any) -> int:
        """As Django's, with the spelling of every name kept."""
        changed, names = list(objs), set(fields)
        if names & _SPELLED_FROM:
            for member in changed:
                member.spell()
            names.update(_SPELLED)
        return super().bulk_update(changed, sorted(names), *args, **kwargs)


class Member(models.Model):
    """One person of one branch, with the official columns. Names and lengths follow `importing.columns`."""

    class Category(models.TextChoices):
        """人员类别."""

        FULL = "full", _("正式党员")
        PROBATIONARY = "probationary", _("预备党员")
        DEVELOPMENT_OBJECT = "development_object", _("发展对象")
        ACTIVIST = "activist", _("入党积极分子")
        APPLICANT = "applicant", _("入党申请人")

    class Leaving(models.TextChoices):
        """Why somebody is no longer on the register."""

        TRANSFERRED = "transferred", _("组织关系转出")
        DECEASED = "deceased", _("去世")
        ENDED = "ended", _("出党或停止党籍")
        MISTAKE = "mistake", _("误录入")
        OTHER = "other", _("其他")

    MEMBERS: ClassVar = (Category.FULL, Category.PROBATIONARY)

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="members", db_index=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="member"
    )
    name = models.CharField(max_length=60)
    pinyin = models.CharField(max_length=120, blank=True)  # zhangsan
    initials = models.CharField(max_length=20, blank=True)  # zs
    found_by = LexemesField(default="", editable=False)
    sex = models.CharField(max_length=1, blank=True)  # GB/T 2261.1: 1 男, 2 女
    citizen_number = models.CharField(max_length=18, null=True, blank=True)  # GB 11643
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
    job = models.CharField(max_length=200, blank=True)
    technical_title = models.CharField(max_length=100, blank=True)
    is_migrant_worker = models.BooleanField(default=False)
    residence = models.CharField(max_length=300, blank=True)
    registered_residence = models.CharField(max_length=300, blank=True)
    is_lost_contact = models.BooleanField(default=False)
    is_floating = models.BooleanField(default=False)
    joining_type = models.CharField(max_length=40, blank=True)
    conversion_status = models.CharField(max_length=40, blank=True)
    joined_at_unit = models.CharField(max_length=200, blank=True)
    probation_extension = models.SmallIntegerField(null=True, blank=True)  # months, 6 to 12
    # 年老体弱 and the like (教育管理条例 art. 23): leaves the hard denominators.
    is_exempt = models.BooleanField(default=False)
    left_on = models.DateField(null=True, blank=True)
    left_for = models.CharField(max_length=12, choices=Leaving.choices, blank=True)
    left_note = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            # A constraint, because `unique=True` would bring a second index that nothing searches.
            models.UniqueConstraint(fields=["citizen_number"], name="one_member_a_citizen"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "pinyin"], name="member_roster"),
            models.Index(fields=["pinyin", "id"], name="member_by_name"),
            # No list of pending rows: after an import of thousands, searching it would cost more than the table.
            GinIndex(fields=["found_by"], name="member_search", fastupdate=False),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Keep the spelling with the name, and the time of the change with any change."""
        self.spell()
        if update_fields is not None:
            named = set(update_fields)
            spelled = _SPELLED if _SPELLED_FROM & named else ()
            update_fields = {*named, *spelled, "updated_at"}
        super().save(*args, update_fields=update_fields, **kwargs)

    def spell(self) -> None:
        """Work out from name and phone what the member is sorted and found by."""
        said = name_pinyin(self.name)
        self.pinyin, self.initials = said.full[:120], said.initials[:20]
        self.found_by = lexemes(self.name, self.phone)

    @property
    def is_present(self) -> bool:
        return self.left_on is None
