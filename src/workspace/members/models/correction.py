"""A member asks for their own data to be put right (更正申请)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from workspace.members.models.member import Member


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def waiting(self) -> "CorrectionQuerySet":
        return self.filter(state=Correction.State.WAITING)


class Correction(models.Model):
    """What it says now and what it should say. Once decided, personal numbers stay only in their masked form."""

    class State(models.TextChoices):
        WAITING = "waiting", _("待处理")
        ACCEPTED = "accepted", _("已更正")
        REFUSED = "refused", _("未采纳")
        WITHDRAWN = "withdrawn", _("已撤回")

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="corrections", db_index=False)
    fields = models.JSONField()  # {column: [old, new]} as stored
    reason = models.CharField(max_length=200)
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    answer = models.CharField(max_length=200, blank=True)

    objects = CorrectionQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.member} · {self.get_state_display()}"

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING
