"""The row of an appraisal, held for whoever writes: one at a time, and never over what another has just written."""

from datetime import datetime

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from shared.refusals import Refusal
from workspace.appraisal.models import Appraisal
from workspace.appraisal.queries.history import TITLES
from workspace.audit.models import Entry


class NotRunning(Refusal):
    message = _("这次民主评议{state}，不能再修改。")


class ChangedMeanwhile(Refusal):
    message = _("您打开本页之后，{who}修改了这次民主评议。您填写的内容都还在，请核对后再保存。")


class NotYet(Refusal):
    message = _("还不能办理这一步：{before}")


class WritingIsOver(Refusal):
    message = _("测评已经开始，名单、自评和互评不能再改。确需修改的，请先撤回上一步。")


def locked(appraisal: Appraisal, *, seen: datetime | None = None) -> Appraisal:
    """As it is now. `seen` is `updated_at` as the person saw it.

    Raises NotRunning, ChangedMeanwhile.
    """
    now = Appraisal.objects.select_for_update(of=("self",)).select_related("unit").get(pk=appraisal.pk)
    if not now.is_running:
        raise NotRunning(state=now.get_state_display())
    if seen is not None and now.updated_at != seen:
        raise ChangedMeanwhile(who=_who_changed(now))
    return now


def _who_changed(now: Appraisal) -> str:
    rows = Entry.objects.filter(kind=Appraisal._meta.label_lower, thing=str(now.pk), verb__in=TITLES)
    last = rows.order_by("-at", "-pk").first()
    return last.by_name if last and last.by_name else str(_now("系统"))
