"""Taking the whole workspace away, as a second person reads it; and what follows from the decision."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workspace.access.consents import Fact, Kind, register
from workspace.access.models import Consent
from workspace.archives.models import Archive

VERB = "workspace.export"
# Where nobody else could agree, everybody is given this long to object.
NOTICE = timedelta(hours=24)


def facts(consent: Consent) -> list[Fact]:
    """How many people are in it, and what else."""
    return [
        (_("人数"), _("{rows} 人").format(rows=consent.details["rows"])),
        (_("内容"), _("本单位的全部数据和上传的文件，号码完整")),
        (_("格式"), _("一个 ZIP 文件")),
    ]


def refused(consent: Consent) -> None:
    """The row stays, so that the page of archives says what became of it."""
    Archive.objects.filter(consent=consent).update(
        state=Archive.State.REFUSED, failure=consent.answer, finished_at=consent.decided_at
    )


def withdrawn(consent: Consent) -> None:
    Archive.objects.filter(consent=consent).delete()


def announce() -> None:
    """Called once, when the application starts."""
    from workspace.archives.actions import begin

    register(
        VERB,
        Kind(
            label=gettext_lazy("导出全部数据"),
            facts=facts,
            url=lambda consent: reverse("archives:list"),
            go=gettext_lazy("查看存档"),
            alone=NOTICE,
            agreed=begin,
            refused=refused,
            withdrawn=withdrawn,
        ),
    )
