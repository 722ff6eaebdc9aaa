"""Asking branches to complete their entries (补全任务), and taking the gaps away as a sheet to fill in."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shared.clock import today
from workspace.access.models import Grant
from workspace.access.queries import above, holding
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.inbox.models import Message
from workspace.members.actions.exporting import ROWS_WITHOUT_REASON, ExportReasonMissing
from workspace.members.models import Member
from workspace.organization.models import Unit
from workspace.organization.notes import Errand, Notes
from workspace.quality.gaps import gaps_workbook
from workspace.quality.survey import Survey

_TITLE_CHARS = 120


@dataclass(frozen=True)
class Asked:
    """Units asked now; those asked before and not yet done; those where nobody could be told."""

    now: int
    before: int
    untold: int


@transaction.atomic
def ask(survey: Survey, units: Collection[Unit], *, by: User, on: date) -> Asked:
    """Ask each of the units that has something to complete, but for those that were asked and are not done."""
    locked = Unit.objects.select_for_update(of=("self",)).filter(pk__in=[unit.pk for unit in units]).order_by("pk")
    people = {pk: count.to_complete for pk, count in survey.by_unit.items() if count.to_complete}
    wanted = [unit for unit in locked if people.get(unit.pk)]
    new = [unit for unit in wanted if Notes.read(unit.notes).errand is None]
    told = _responsible(new, besides=by)
    for unit in new:
        _keep(unit, Errand(on, by.name, people[unit.pk]))
        audit.record("quality.asked", of=unit, by=by, details={"people": people[unit.pk]})
    messages = [_message(user, unit, people[unit.pk], by) for unit in new for user in told[unit.pk]]
    Message.objects.bulk_create(messages)
    return Asked(len(new), len(wanted) - len(new), sum(not told[unit.pk] for unit in new))


@transaction.atomic
def close_done(*, at: datetime) -> int:
    """What was asked and is done is closed; returns how many. Afterwards a unit can be asked anew."""
    asked = list(Unit.objects.select_for_update(of=("self",)).filter(notes__has_key="errand").order_by("pk"))
    if not asked:
        return 0
    survey = Survey(Member.objects.filter(unit__in=[unit.pk for unit in asked]), today(), at)
    done = [unit for unit in asked if unit.pk not in survey.by_unit or not survey.by_unit[unit.pk].to_complete]
    for unit in done:
        _keep(unit, None)
        audit.record("quality.completed", of=unit, by=None)
    return len(done)


@transaction.atomic
def export_gaps(survey: Survey, unit: Unit, *, reason: str, by: User) -> bytes:
    """Those with something to complete, as a sheet that the import reads. Raises ExportReasonMissing."""
    rows = [one for one in survey.found if one.gaps]
    if len(rows) > ROWS_WITHOUT_REASON and len(reason.strip()) < 2:
        raise ExportReasonMissing(limit=ROWS_WITHOUT_REASON)
    audit.record("quality.exported", of=unit, by=by, details={"rows": len(rows), "reason": reason.strip()[:200]})
    return gaps_workbook(rows)


def _keep(unit: Unit, errand: Errand | None) -> None:
    """Not through `save`: it is no change of the unit that another editor should see."""
    notes = replace(Notes.read(unit.notes), errand=errand)
    Unit.objects.filter(pk=unit.pk).update(notes=notes.stored())


def _responsible(units: Collection[Unit], *, besides: User) -> dict[int, list[User]]:
    """For each unit those who may change its members by a role as near to it as there is one. One query."""
    paths = {path for unit in units for path in above(unit)}
    held = Grant.objects.in_force(today()).filter(holding("member.change"), unit__path__in=paths, user__is_active=True)
    by_path: dict[str, dict[int, User]] = defaultdict(dict)
    for grant in held.select_related("user", "unit").order_by("user", "pk"):
        if grant.user_id != besides.pk:
            by_path[grant.unit.path][grant.user_id] = grant.user
    return {
        unit.pk: next((list(by_path[path].values()) for path in reversed(above(unit)) if by_path.get(path)), [])
        for unit in units
    }


def _message(user: User, unit: Unit, people: int, by: User) -> Message:
    title = _("请补全{unit}的党员信息：{people} 人").format(unit=unit, people=people)
    body = _("{name}请您补全名册里缺少或矛盾的内容。打开后逐人修改，或下载表格填好再导入；补全后自动办结。").format(
        name=by.name
    )
    return Message(to=user, title=title[:_TITLE_CHARS], body=body, link=f"/quality/people/?unit={unit.pk}&check=todo")
