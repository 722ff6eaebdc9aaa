"""Ask, and talk about it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shared.refusals import Refusal
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.organization.models import Unit
from workspace.voice.messages import tell, tell_answerers
from workspace.voice.models import ANSWER_WITHIN, Reply, Topic

_SAME_WITHIN = timedelta(minutes=10)


class UnitClosed(Refusal):
    message = _("「{unit}」已经撤销，请另选一个党组织。")


class AskedAlready(Refusal):
    message = _("您刚刚提交过同样的内容，不用再提交一次。")


class NothingSaid(Refusal):
    message = _("请写下内容。")
    status = 400


@transaction.atomic
def ask(
    unit: Unit, *, kind: str, title: str, text: str = "", is_private: bool = False, by: User, at: datetime
) -> Topic:
    """Put a question or an idea to a unit; those who answer for it are told, and the clock of seven days starts."""
    if unit.closed_on:
        raise UnitClosed(unit=unit)
    if Topic.objects.filter(by=by, unit=unit, title=title, asked_at__gt=at - _SAME_WITHIN).exists():
        raise AskedAlready
    topic = Topic.objects.create(
        unit=unit,
        kind=kind,
        title=title,
        text=text,
        is_private=is_private,
        by=by,
        asked_at=at,
        due=timezone.localdate(at) + ANSWER_WITHIN,
    )
    # What was asked stays out of the record when it was asked in private.
    audit.record("topic.asked", of=topic, by=by, details={"kind": kind, "private": is_private})
    tell_answerers(topic, gettext("有新的{kind}等待答复").format(kind=topic.kind_in_a_sentence), but=by)
    return topic


@transaction.atomic
def reply(topic: Topic, *, text: str, by: User, at: datetime) -> Reply:
    """Words of anybody who sees the topic. Who asked is told."""
    if not text.strip():
        raise NothingSaid
    said = Reply.objects.create(topic=topic, text=text.strip(), by=by, at=at)
    audit.record("topic.replied", of=topic, by=by)
    if topic.by_id != by.pk:
        tell(topic, [topic.by_id], gettext("有人回复了您的{kind}").format(kind=topic.kind_in_a_sentence))
    elif topic.is_open:
        tell_answerers(topic, gettext("提出人补充了说明"), but=by)
    return said
