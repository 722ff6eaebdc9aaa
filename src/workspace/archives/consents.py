"""Taking the whole workspace away, as a second person reads it; and what follows from the decision."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workspace.access.consents import Fact, Kind, register
from workspace.access.models import Consent
from workspace.accounts.models import User
from workspace.archives.models import Archive, Schedule
from workspace.archives.wording import often

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


def schedule_facts(consent: Consent) -> list[Fact]:
    """Which export, of how many at most, how often, to whom, for how long."""
    found = Schedule.objects.select_related("unit").filter(consent=consent).first()
    most = (_("人数"), _("每次至多 {rows} 人").format(rows=consent.details["rows"]))
    whole = (_("内容"), _("名册全部栏目，身份证号、手机号、住址完整显示"))
    if found is None:
        return [most, whole]
    names = User.objects.filter(pk__in=found.said.people).order_by("pk").values_list("name", flat=True)
    return [
        (_("党组织"), str(found.unit)),
        most,
        whole,
        (_("多久一次"), str(often(found.said))),
        (_("发给"), "、".join(names)),
        (_("有效期"), _("同意之日起一年，期满要重新复核")),
    ]


def schedule_refused(consent: Consent) -> None:
    Schedule.objects.filter(consent=consent).update(state=Schedule.State.REFUSED)


def schedule_withdrawn(consent: Consent) -> None:
    """Nothing goes out in full without an agreement: what waited is as good as refused."""
    Schedule.objects.filter(consent=consent).update(state=Schedule.State.REFUSED)


def refused(consent: Consent) -> None:
    """The row stays, so that the page of archives says what became of it."""
    Archive.objects.filter(consent=consent).update(
        state=Archive.State.REFUSED, failure=consent.answer, finished_at=consent.decided_at
    )


def withdrawn(consent: Consent) -> None:
    Archive.objects.filter(consent=consent).delete()


def announce() -> None:
    """Called once, when the application starts."""
    from workspace.archives import scheduling
    from workspace.archives.actions import begin

    register(
        scheduling.VERB,
        Kind(
            label=gettext_lazy("定期导出名册的完整号码"),
            facts=schedule_facts,
            url=lambda consent: reverse("archives:schedules"),
            go=gettext_lazy("查看定期导出"),
            agreed=scheduling.agreed,
            refused=schedule_refused,
            withdrawn=schedule_withdrawn,
        ),
    )
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
