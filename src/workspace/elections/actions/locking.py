"""The row of an election, held for whoever writes: one at a time, and never over what another has just written."""

from datetime import datetime

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from shared.refusals import Refusal
from workspace.audit.models import Entry
from workspace.elections.models import Election


class NotRunning(Refusal):
    message = _("这次换届{state}，不能再修改。")


class AwaitsAnswer(Refusal):
    message = _("{what}已经报上级，等待批复。要修改的，请先撤回。")


class ChangedMeanwhile(Refusal):
    message = _("您打开本页之后，{who}修改了这次换届。您填写的内容都还在，请核对后再保存。")


class NotYet(Refusal):
    message = _("还不能办理这一步：{before}")


def locked(election: Election, *, seen: datetime | None = None, asked: bool = False) -> Election:
    """As it is now. `seen` is `updated_at` as the person saw it; with `asked` an open paper is no obstacle.

    Raises NotRunning, AwaitsAnswer, ChangedMeanwhile.
    """
    now = Election.objects.select_for_update(of=("self",)).select_related("unit").get(pk=election.pk)
    if not now.is_running:
        raise NotRunning(state=now.get_state_display())
    if seen is not None and now.updated_at != seen:
        raise ChangedMeanwhile(who=_who_changed(now))
    if now.asks and not asked:
        raise AwaitsAnswer(what=now.get_asks_display())
    return now


def _who_changed(now: Election) -> str:
    last = Entry.objects.filter(kind=Election._meta.label_lower, thing=str(now.pk)).order_by("-at", "-pk").first()
    return last.by_name if last and last.by_name else str(_now("系统"))
