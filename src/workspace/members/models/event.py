"""What happened to a member (党员事件). Where a member stands follows from these rows and is never typed."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from workspace.members.models.member import Member
from workspace.organization.models import Unit


class EventQuerySet(models.QuerySet["Event"]):
    def standing(self) -> "EventQuerySet":
        """Those that were not voided."""
        return self.filter(voided_at__isnull=True)

    def open_to_all(self) -> "EventQuerySet":
        """Those that everybody who sees the member may see."""
        return self.filter(~Q(kind__in=Event.SENSITIVE) | Q(details__seen_by="branch"))


class Event(models.Model):
    """Recorded with its day, its basis and who recorded it; taken back by voiding, never by deletion."""

    class Kind(models.TextChoices):
        REGISTERED = "registered", _("登记入册")
        APPLIED = "applied", _("递交入党申请")
        ACTIVIST = "activist", _("确定为入党积极分子")
        DEVELOPMENT_OBJECT = "development_object", _("确定为发展对象")
        ADMITTED = "admitted", _("接收为预备党员")
        EXTENDED = "extended", _("延长预备期")
        CANCELLED = "cancelled", _("取消预备党员资格")
        CONVERTED = "converted", _("转为正式党员")
        TRANSFERRED_IN = "transferred_in", _("组织关系转入")
        TRANSFERRED_OUT = "transferred_out", _("组织关系转出")
        MOVED = "moved", _("支部间调动")
        FLOATING_OUT = "floating_out", _("外出流动")
        FLOATING_IN = "floating_in", _("流动返回")
        LOST_CONTACT = "lost_contact", _("失去联系")
        FOUND = "found", _("恢复联系")
        DISCIPLINED = "disciplined", _("党纪处分")
        DISCIPLINE_ENDED = "discipline_ended", _("处分期满或解除")
        HONOURED = "honoured", _("表彰")
        APPRAISED = "appraised", _("民主评议")
        HELPED = "helped", _("困难帮扶")
        REMOVED = "removed", _("出党或停止党籍")
        DIED = "died", _("去世")
        LEFT_OTHERWISE = "left_otherwise", _("其他原因离开名册")
        RETURNED = "returned", _("恢复在册")
        CORRECTED = "corrected", _("更正资料")

    # 敏感: seen by the member, and by those who may change the member; `seen_by` of the details may say more or fewer
    # (`standing.words.Seen`).
    SENSITIVE: ClassVar = (Kind.DISCIPLINED, Kind.DISCIPLINE_ENDED, Kind.HELPED)
    MILESTONES: ClassVar = (Kind.ADMITTED, Kind.CONVERTED, Kind.HONOURED)

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="events", db_index=False)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    on = models.DateField()
    basis = models.CharField(max_length=200, blank=True)  # 文号、会议、说明
    # The branch it happened in: after a move or a transfer in, the new one.
    unit = models.ForeignKey(Unit, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    details = models.JSONField(default=dict)  # by kind, see `standing.details`
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    voided_for = models.CharField(max_length=200, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["member", "on"], name="event_of_member")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.on:%Y-%m-%d}"

    @property
    def is_standing(self) -> bool:
        return self.voided_at is None

    @property
    def is_sensitive(self) -> bool:
        return self.kind in self.SENSITIVE

    @property
    def seen_by(self) -> str:
        """A code of `standing.words.Seen`; the member sees every event of theirs."""
        return str(self.details.get("seen_by") or ("committee" if self.is_sensitive else "branch"))

    def said(self, name: str) -> Any:
        return self.details.get(name)
