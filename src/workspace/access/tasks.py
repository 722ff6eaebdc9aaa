"""What is told when somebody comes, when a second person is asked, and before a role ends."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from shared.clock import now, today
from shared.queue import task
from workspace.access.actions import consents
from workspace.access.consents import kind_of
from workspace.access.models import Consent, Grant, Joining, Role
from workspace.access.queries import holding, people_who
from workspace.access.queries.consents import deciders
from workspace.access.queries.ending import idle
from workspace.accounts.models import User
from workspace.inbox.models import Message
from workspace.organization.models import Unit

TITLE_CHARS = 120
REMIND_DAYS = 14


@task("access.announce_joining")
def announce_joining(joining_id: int) -> None:
    """Tell the administrators and secretaries who may decide. Runs again without telling anybody twice."""
    joining = Joining.objects.select_related("user", "invitation__unit").filter(pk=joining_id).first()
    if joining is None or joining.state != Joining.State.WAITING:
        return
    unit = joining.invitation.unit
    link = f"/access/joinings/#joining-{joining.pk}"
    title = _("{name}申请加入{unit}，请审核").format(name=joining.user.name, unit=unit)[:TITLE_CHARS]
    told = set(Message.objects.filter(link=link).values_list("to", flat=True))
    verb = "access.grant" if joining.invitation.role == Role.SECRETARY else "access.invite"
    people = people_who(verb, unit).exclude(pk__in=told)
    Message.objects.bulk_create(Message(to=person, title=title, link=link) for person in people)


@task("access.announce_consent")
def announce_consent(consent_id: int) -> None:
    """Tell those who can decide; where nobody can, every administrator. Runs again without telling anybody twice."""
    consent = Consent.objects.select_related("unit").filter(pk=consent_id, decided_at__isnull=True).first()
    if consent is None:
        return
    said = {"name": consent.by_name, "what": kind_of(consent).label}
    title, people = _("{name}申请{what}，请复核").format(**said), deciders(consent)
    if consent.alone_until:
        until = timezone.localtime(consent.alone_until)
        title = _("{name}申请{what}；无人反对，{at:%m-%d %H:%M} 后生效").format(at=until, **said)
        held = Grant.objects.in_force(today()).filter(holding("access.grant") | holding(consent.verb))
        people = User.objects.filter(is_active=True, grants__in=held)
    _tell(consent, people.distinct(), title, consent.reason)


@task("access.announce_decision")
def announce_decision(consent_id: int) -> None:
    """Tell the one who asked."""
    consent = Consent.objects.filter(pk=consent_id, decided_at__isnull=False, by__isnull=False).first()
    if consent is None:
        return
    what = kind_of(consent).label
    title = _("{what}：已同意，可以下载") if consent.agreed else _("{what}：未同意")
    _tell(consent, User.objects.filter(pk=consent.by_id or 0), title.format(what=what), consent.answer)


@task("access.notice_is_over")
def notice_is_over(consent_id: int) -> None:
    """The time of notice of a request that nobody else could decide."""
    consent = Consent.objects.filter(pk=consent_id).first()
    if consent:
        consents.notice_is_over(consent, at=now())


def _tell(consent: Consent, people: "QuerySet[User]", title: str, body: str) -> None:
    link = f"/access/consents/{consent.pk}/"
    told = set(Message.objects.filter(link=link, title=title[:TITLE_CHARS]).values_list("to", flat=True))
    Message.objects.bulk_create(
        Message(to=person, title=title[:TITLE_CHARS], body=body, link=link) for person in people.exclude(pk__in=told)
    )


@task("access.remind", cron="40 6 * * *")
def remind() -> None:
    """Each morning: who holds a role that ends within two weeks is told once, and so are those who may give it longer.
    On the first of a month those who keep accounts hear how many nobody uses."""
    on = today()
    soon = Grant.objects.in_force(on).filter(until__lte=on + timedelta(days=REMIND_DAYS), user__is_active=True).named()
    for held in soon.select_related("user", "unit").order_by("pk"):
        _remind_of(held)
    if on.day == 1 and (number := idle(at=now()).count()):
        link = f"/access/idle/?month={on:%Y-%m}"
        title = _("有 {number} 个账号超过九十天没有使用，请确认是否停用").format(number=number)
        _tell_once(people_who("access.account", Unit.objects.get(depth=1)), title, link)


def _remind_of(held: Grant) -> None:
    said = {"role": held.get_role_display(), "unit": held.unit, "until": held.until, "name": held.user.name}
    mark = f"{held.pk}-{held.until}"
    _tell_once([held.user], _("您的{role}（{unit}）到 {until} 为止").format(**said), f"/access/mine/?end={mark}")
    if held.delegated_from_id is None:
        granters = people_who("access.grant", held.unit).exclude(pk=held.user_id)
        _tell_once(granters, _("{name}的{role}（{unit}）到 {until} 为止").format(**said), f"/access/ending/?end={mark}")


def _tell_once(people: Iterable[User], title: str, link: str) -> None:
    told = set(Message.objects.filter(link=link).values_list("to", flat=True))
    new = [Message(to=user, title=title[:TITLE_CHARS], link=link) for user in people if user.pk not in told]
    Message.objects.bulk_create(new)
