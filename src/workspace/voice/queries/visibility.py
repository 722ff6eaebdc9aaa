"""Whose questions and ideas a person may see, and which they answer."""

from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from shared.refusals import NotAllowed
from workspace.access.queries import grants_of, may, units_where
from workspace.accounts.models import User
from workspace.organization.models import Unit, UnitQuerySet
from workspace.voice.models import Topic, TopicQuerySet

ANSWER = "voice.answer"


class MayNotAnswer(NotAllowed):
    message = _("这件事由「{unit}」的书记、委员或管理员答复。您可以在下面回复。")


def topics_seen_by(user: User) -> TopicQuerySet:
    """A person's own, those of units they may look into, and open ones put to a unit above theirs.

    A private one is seen by who asked and by those who answer.
    """
    mine = Q(by=user)
    answered_here = Q(unit__in=units_where(user, ANSWER).order_by().values("pk"))
    within = Q(unit__in=units_where(user, "unit.view").order_by().values("pk")) | Q(unit__path__in=_paths_above(user))
    return Topic.objects.filter(mine | answered_here | (within & Q(is_private=False)))


def topic_seen_by(user: User, pk: int) -> Topic:
    """One of them; Http404 otherwise."""
    found = topics_seen_by(user).select_related("unit", "by").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def topic_to_answer(user: User, pk: int) -> Topic:
    """One that this person answers; MayNotAnswer for others who see it."""
    topic = topic_seen_by(user, pk)
    if not may(user, ANSWER, topic.unit):
        raise MayNotAnswer(unit=topic.unit)
    return topic


def units_to_ask(user: User) -> UnitQuerySet:
    """Where a person may put a question: open units they may look into, and those above, in tree order."""
    within = units_where(user, "unit.view").order_by().values("pk")
    above = Q(path__in=_paths_above(user))
    return Unit.objects.filter(Q(pk__in=within) | above, closed_on__isnull=True).exclude(type=Unit.Type.GROUP)


def own_unit(user: User) -> Unit | None:
    """The unit a question goes to by default: where the person holds their deepest role."""
    deepest = grants_of(user, "unit.view").select_related("unit").order_by("-unit__depth", "unit__path").first()
    return deepest.unit if deepest else None


def _paths_above(user: User) -> list[str]:
    paths = grants_of(user, "unit.view").values_list("unit__path", flat=True)
    return sorted({path[:end] for path in paths for end in range(Unit.steplen, len(path), Unit.steplen)})
