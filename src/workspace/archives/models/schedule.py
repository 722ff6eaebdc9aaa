"""An export that comes by itself (定期导出)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from workspace.access.models import Consent
from workspace.archives.terms import Run, Terms
from workspace.organization.models import Unit


class Schedule(models.Model):
    """Which export of which unit, when, for whom (`terms`), and the last runs. Few rows: no index of its own."""

    class State(models.TextChoices):
        ASKED = "asked", _("待复核")
        ACTIVE = "active", _("执行中")
        PAUSED = "paused", _("已暂停")
        REFUSED = "refused", _("未同意")

    what = models.CharField(max_length=8)  # archives.sources
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+", db_index=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    by_name = models.CharField(max_length=60)
    terms = models.JSONField(default=dict)  # terms.Terms
    state = models.CharField(max_length=7, choices=State.choices, default=State.ACTIVE)
    next_on = models.DateField()
    # Of the second person, where more than one person may take goes out in full; good for a year, for so many people.
    consent = models.ForeignKey(Consent, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    agreed = models.JSONField(default=dict)  # {"consent": key, "rows": most, "until": day, "by": name}
    runs = models.JSONField(default=list)  # of terms.Run, newest first

    class Meta:
        verbose_name = _("定期导出")

    def __str__(self) -> str:
        return f"{self.unit} · {self.what}"

    @property
    def said(self) -> Terms:
        return Terms.from_plain(self.terms)

    @property
    def history(self) -> list[Run]:
        return [Run.from_plain(each) for each in self.runs]
