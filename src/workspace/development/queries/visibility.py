"""The one door to cases: asked who wants to see them, to work on them, or to decide on them from above."""

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from shared.refusals import NotAllowed
from workspace.access.queries import may, units_where
from workspace.accounts.models import User
from workspace.development.models import Case, CaseQuerySet
from workspace.development.queries.above import committee_above
from workspace.members.models import Member
from workspace.members.models.member import MemberQuerySet
from workspace.organization.models import Unit, UnitQuerySet

VIEW, HANDLE, APPROVE, PLAN = "development.view", "development.handle", "development.approve", "development.plan"


class MayNotHandle(NotAllowed):
    message = _("您可以查看{case}的发展档案，但没有办理权限。请联系党支部书记或组织委员。")


class MayNotApprove(NotAllowed):
    message = _("这一步由{above}决定，请等待上级办理。")


class OwnCase(NotAllowed):
    message = _("这是您本人的发展档案，请由党支部的其他同志办理。")


def cases_visible_to(user: User) -> CaseQuerySet:
    """Cases of people in units where this person may read them."""
    units = units_where(user, VIEW).order_by().values("pk")
    return Case.objects.filter(member__unit__in=units).select_related("member__unit")


def get_case(pk: int, *, visible_to: User) -> Case:
    """The case; Http404 for what this person may not see."""
    found = cases_visible_to(visible_to).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def get_case_to_handle(pk: int, *, by: User) -> Case:
    """The same, for those who work on it; raises MayNotHandle, OwnCase."""
    case = get_case(pk, visible_to=by)
    refuse_unless_handles(case, by)
    return case


def handles(user: User, case: Case) -> bool:
    return case.member.user_id != user.pk and may(user, HANDLE, case.unit)


def decides(user: User, case: Case) -> bool:
    """Whether this person decides on the case for the level above."""
    above = committee_above(case.unit)
    return case.member.user_id != user.pk and above is not None and may(user, APPROVE, above)


def may_decide(user: User, case: Case) -> bool:
    """Whether this person puts on record what the level above decides, from above or in its place."""
    return handles(user, case) if committee_above(case.unit) is None else decides(user, case)


def refuse_unless_handles(case: Case, user: User) -> None:
    if case.member.user_id == user.pk:
        raise OwnCase
    if not may(user, HANDLE, case.unit):
        raise MayNotHandle(case=case)


def refuse_unless_decides(case: Case, user: User) -> None:
    """Where no committee above has a place in this workspace, those who handle the case record what it decided."""
    above = committee_above(case.unit)
    if above is None:
        refuse_unless_handles(case, user)
    elif case.member.user_id == user.pk:
        raise OwnCase
    elif not may(user, APPROVE, above):
        raise MayNotApprove(above=above)


def own_case(user: User) -> Case | None:
    """The newest case of the person who is signed in."""
    return Case.objects.filter(member__user=user).select_related("member__unit").order_by("-pk").first()


def branches_handled_by(user: User) -> UnitQuerySet:
    """Open branches whose cases this person works on, in tree order."""
    return units_where(user, HANDLE).branches().open()


def people_without_case(user: User) -> MemberQuerySet:
    """Those on their way into the Party, where this person works on cases, who have none that is open."""
    on_the_way = Member.objects.present().exclude(category=Member.Category.FULL)
    busy = Case.objects.filter(state=Case.State.OPEN).values("member")
    units = branches_handled_by(user).order_by().values("pk")
    return on_the_way.filter(unit__in=units).exclude(pk__in=busy).select_related("unit").order_by("pinyin", "pk")


def unit_handled_by(user: User, pk: int) -> Unit:
    """A branch where this person works on cases; Http404 otherwise."""
    found = branches_handled_by(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
