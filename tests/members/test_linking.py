"""An account and a line in the register become one when that is certain, and only then."""

from shared.queue import later
from tenants import context
from tests.members.people import admit, branch
from tests.support.cast import Cast
from tests.support.jobs import run_jobs
from workspace.access.models import Grant, Role
from workspace.accounts.models import User
from workspace.members.models import Member


def joins(cast: Cast, unit: str = "第一党支部", name: str = "张三丰", phone: str = "13812341234") -> int:
    """Somebody accepts an invitation to a unit; the work put off by that is done."""
    with context.inside(cast.jia):
        user = User.objects.create_user("newcomer", None, name=name, phone=phone)
        Grant.objects.create(user=user, role=Role.MEMBER, unit=branch(unit))
        later("members.link_account", user_id=user.pk)
    run_jobs()
    return user.pk


def linked(cast: Cast, member: Member) -> int | None:
    with context.inside(cast.jia):
        return Member.objects.get(pk=member.pk).user_id


def test_same_name_and_phone_in_the_same_branch_are_one_person(cast: Cast) -> None:
    member = admit(cast)
    assert linked(cast, member) is None
    user = joins(cast)
    assert linked(cast, member) == user


def test_another_branch_phone_or_name_links_nobody(cast: Cast) -> None:
    member = admit(cast, "第二党支部")
    joins(cast)
    assert linked(cast, member) is None


def test_another_phone_links_nobody(cast: Cast) -> None:
    member = admit(cast)
    joins(cast, phone="13912341234")
    assert linked(cast, member) is None


def test_another_name_links_nobody(cast: Cast) -> None:
    member = admit(cast)
    joins(cast, name="张三")
    assert linked(cast, member) is None


def test_two_who_could_be_meant_link_nobody(cast: Cast) -> None:
    members = [admit(cast), admit(cast)]
    joins(cast)
    assert [linked(cast, member) for member in members] == [None, None]


def test_a_secretary_links_and_unlinks_by_hand(cast: Cast) -> None:
    member = admit(cast)
    with context.inside(cast.jia):
        user = User.objects.create_user("byhand", None, name="三丰")
        Grant.objects.create(user=user, role=Role.MEMBER, unit=branch())
    secretary = cast.signed_in("secretary")
    secretary.post(f"/members/{member.pk}/account/", {"user": user.pk})
    assert linked(cast, member) == user.pk
    secretary.post(f"/members/{member.pk}/account/unlink/", {"confirmed": "yes"})
    assert linked(cast, member) is None


def test_an_account_of_another_branch_cannot_be_linked(cast: Cast) -> None:
    member = admit(cast)
    with context.inside(cast.jia):
        user = User.objects.create_user("faraway", None, name="远方")
        Grant.objects.create(user=user, role=Role.MEMBER, unit=branch("第二党支部"))
    answer = cast.signed_in("secretary").post(f"/members/{member.pk}/account/", {"user": user.pk})
    assert answer.status_code == 422
