"""Reads over people, their roles and the ways in, each asking who reads."""

from datetime import datetime

from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import Http404

from shared.clock import today
from shared.identity import BadPhone, mobile
from workspace.access.models import Grant, Invitation, Joining, Role
from workspace.access.models.grant import GrantQuerySet
from workspace.access.models.joining import JoiningQuerySet
from workspace.access.queries import may, units_where
from workspace.accounts.models import User
from workspace.organization.models import Unit, UnitQuerySet


def people(*, visible_to: User, words: str = "", role: str = "", unit: Unit | None = None) -> "QuerySet[User]":
    """Everybody who holds a role where the reader may look into roles; who may on the root also sees who holds none.

    `words` match name, user name, and a whole phone or e-mail.
    """
    units = units_where(visible_to, "access.review")
    held = held_on(units)
    found = User.objects.prefetch_related(Prefetch("grants", queryset=held, to_attr="held"))
    if not may(visible_to, "access.review", Unit.objects.get(depth=1)):
        found = found.filter(grants__in=held)
    if role or unit:
        narrowed = held.filter(**({"role": role} if role else {}), **({"unit": unit} if unit else {}))
        found = found.filter(grants__in=narrowed.order_by())
    if words:
        found = found.filter(_named(words))
    return found.distinct().order_by("name", "pk")


def held_on(units: UnitQuerySet) -> GrantQuerySet:
    """Roles on these units, in force or to come, each with what its line says."""
    rows = Grant.objects.not_over(today()).filter(unit__in=units).named()
    return rows.select_related("unit", "granted_by", "delegated_from__user").order_by("unit__path", "role")


def person(pk: int, *, visible_to: User) -> User:
    """One of them, with the roles the reader may see in `held`. Http404 for anybody else."""
    found = people(visible_to=visible_to).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def grant_visible_to(reader: User, pk: int) -> Grant:
    """A role somebody holds, where the reader may look into roles. Http404 otherwise."""
    units = units_where(reader, "access.review")
    found = Grant.objects.filter(pk=pk, unit__in=units).select_related("unit", "user").first()
    if found is None:
        raise Http404
    return found


def invitations(*, visible_to: User) -> "QuerySet[Invitation]":
    """Those into units where the reader may invite to that role, newest first, with `used` and `waiting` counted."""
    counted = ~Q(joinings__state=Joining.State.REFUSED)
    return (
        Invitation.objects.filter(_may_bring_in(visible_to))
        .select_related("unit", "created_by")
        .annotate(
            used=Count("joinings", filter=counted),
            waiting=Count("joinings", filter=Q(joinings__state=Joining.State.WAITING)),
        )
        .order_by("-created_at", "-pk")
    )


def invitation(pk: int, *, visible_to: User) -> Invitation:
    """One of them. Http404 otherwise."""
    found = invitations(visible_to=visible_to).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def joinings(*, visible_to: User) -> JoiningQuerySet:
    """People who came into units where the reader may invite to that role, newest first."""
    rows = Joining.objects.filter(_may_bring_in(visible_to, "invitation__"))
    return rows.select_related("user", "invitation__unit", "decided_by").order_by("-asked_at", "-pk")


def joining(pk: int, *, visible_to: User) -> Joining:
    """One of them. Http404 otherwise."""
    found = joinings(visible_to=visible_to).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def standing_of(invitation: Invitation, *, at: datetime) -> str:
    """`open`, `withdrawn`, `expired` or `full`. Takes `used` where `invitations` has counted it already."""
    if invitation.withdrawn_at:
        return "withdrawn"
    if invitation.expires_at <= at:
        return "expired"
    if invitation.max_uses is None:
        return "open"
    used = getattr(invitation, "used", None)
    used = invitation.joinings.counted().count() if used is None else used
    return "full" if used >= invitation.max_uses else "open"


def _may_bring_in(reader: User, at: str = "") -> Q:
    """A link to a secretary's post is for those who may fill it: whoever sees it can pass it on."""
    inviting = Q(**{f"{at}unit__in": units_where(reader, "access.invite")})
    granting = Q(**{f"{at}unit__in": units_where(reader, "access.grant")})
    return inviting & (granting | ~Q(**{f"{at}role": Role.SECRETARY}))


def _named(words: str) -> Q:
    typed = words.strip()
    found = Q(name__icontains=typed) | Q(username__icontains=typed) | Q(email__iexact=typed)
    try:
        return found | Q(phone=mobile(typed))
    except BadPhone:
        return found
