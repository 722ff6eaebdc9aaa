"""Answer for a unit, and decide an idea."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shared.refusals import Refusal
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.voice.actions.asking import NothingSaid
from workspace.voice.messages import tell
from workspace.voice.models import Reply, Topic


class NotAnIdea(Refusal):
    message = _("「{topic}」是提问，只需答复，不用采纳或不采纳。")


class DecidedAlready(Refusal):
    message = _("「{topic}」已经有了结果。")


class ReasonMissing(Refusal):
    message = _("请写明理由，让提出的人知道为什么。")
    status = 400


@transaction.atomic
def answer(topic: Topic, *, text: str, by: User, at: datetime) -> Reply:
    """The official answer. The first one stops the clock; a later one adds to it."""
    if not text.strip():
        raise NothingSaid
    said = Reply.objects.create(topic=topic, text=text.strip(), by=by, at=at, is_answer=True)
    _stop_the_clock(topic, at)
    audit.record("topic.answered", of=topic, by=by, details={"reply": said.pk})
    tell(topic, [topic.by_id], gettext("您的{kind}有了答复").format(kind=topic.kind_in_a_sentence), but=by)
    return said


def adopt(topic: Topic, *, reason: str, by: User, at: datetime) -> Topic:
    """The idea is taken up; the reason says how."""
    return _decide(topic, "adopted_at", "topic.adopted", gettext("您的建议被采纳"), reason, by, at)


def decline(topic: Topic, *, reason: str, by: User, at: datetime) -> Topic:
    """The idea is not taken up; the reason says why."""
    return _decide(topic, "declined_at", "topic.declined", gettext("您的建议有了结果"), reason, by, at)


@transaction.atomic
def _decide(topic: Topic, column: str, verb: str, title: str, reason: str, by: User, at: datetime) -> Topic:
    # locked: of two deciders at once the first one counts
    now = Topic.objects.select_for_update(of=("self",)).get(pk=topic.pk)
    if now.kind != Topic.Kind.IDEA:
        raise NotAnIdea(topic=now)
    if now.adopted_at or now.declined_at:
        raise DecidedAlready(topic=now)
    if not reason.strip():
        raise ReasonMissing
    setattr(now, column, at)
    now.decision_reason = reason.strip()
    now.save(update_fields=[column, "decision_reason"])
    _stop_the_clock(now, at)  # a decision with its reason is an answer
    audit.record(verb, of=now, by=by, details={"reason": now.decision_reason})
    tell(now, [now.by_id], title, but=by)
    return now


def _stop_the_clock(topic: Topic, at: datetime) -> None:
    Topic.objects.filter(pk=topic.pk, answered_at=None).update(answered_at=at)
