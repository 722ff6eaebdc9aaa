"""Ask about a figure, and answer."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shared.refusals import NotAllowed, Refusal
from workspace.access.models import Grant, Role
from workspace.access.queries import may
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.inbox.models import Message
from workspace.indicators import links
from workspace.indicators.models import Contest
from workspace.indicators.queries import ANSWER
from workspace.organization.models import Unit

# Who is asked about a figure, the first of them that is there.
_OWNERS = (Role.SECRETARY, Role.MANAGER, Role.ADMIN)


class AlreadyAnswered(Refusal):
    message = gettext_lazy("这个疑问已经答复过了。")


class MayNotAnswer(NotAllowed):
    message = gettext_lazy("只有{unit}的书记和委员可以答复。")


@transaction.atomic
def contest(*, dashboard: str, item: str, period: str, text: str, unit: Unit, by: User) -> Contest:
    """Ask the unit about a figure; its secretaries are told."""
    asked = Contest.objects.create(dashboard=dashboard, item=item, period=period, text=text, unit=unit, by=by)
    audit.record("contest.opened", of=asked, by=by, details={"dashboard": dashboard, "item": item, "unit": unit.pk})
    title = _("{name}对{unit}的数据提出疑问").format(name=by.name, unit=unit)
    _tell([user for user in owners(unit, on=localdate(asked.at)) if user != by], title, asked)
    return asked


@transaction.atomic
def answer(contest: Contest, *, text: str, by: User, at: datetime) -> Contest:
    """Answer once; who asked is told."""
    if not may(by, ANSWER, contest.unit):
        raise MayNotAnswer(unit=contest.unit)
    kept = Contest.objects.select_for_update().get(pk=contest.pk)
    if kept.is_answered:
        raise AlreadyAnswered
    kept.answer, kept.answered_by, kept.answered_at = text, by, at
    kept.save(update_fields=["answer", "answered_by", "answered_at"])
    audit.record("contest.answered", of=kept, by=by)
    if kept.by is not None and kept.by != by:
        _tell([kept.by], _("您对{unit}数据的疑问有了答复").format(unit=contest.unit), kept)
    return kept


def owners(unit: Unit, *, on: date) -> list[User]:
    """The secretaries of the unit; where it has none with an account, those of the nearest unit above, and in the end
    its administrators."""
    step = Unit.steplen
    paths = [unit.path[:end] for end in range(step, len(unit.path) + 1, step)]
    granted = Grant.objects.in_force(on).filter(unit__path__in=paths, role__in=_OWNERS)
    held = list(granted.select_related("user", "unit"))
    for role in _OWNERS:
        for path in reversed(paths):
            if found := [grant.user for grant in held if grant.role == role and grant.unit.path == path]:
                return found
    return []


def _tell(people: list[User], title: str, asked: Contest) -> None:
    link = links.to("indicators:contest", asked.pk)
    Message.objects.bulk_create(Message(to=user, title=title[:120], body=asked.text, link=link) for user in people)
