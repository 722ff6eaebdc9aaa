"""The demo's people: members of every branch, their posts, and five who sign in."""

import random
import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from config.demo import lives
from shared.clock import now, today
from shared.synthetic.people import people
from workspace.access.models import Grant, OwnRole, Role
from workspace.accounts.models import User
from workspace.members.actions.events import register_many
from workspace.members.models import Appointment, Member
from workspace.organization.models import Unit

PEOPLE = 470
Post = Appointment.Post
COMMITTEE = (Post.SECRETARY, Post.DEPUTY, Post.ORGANISATION, Post.PUBLICITY, Post.DISCIPLINE)
# One branch is small: too small for a committee, so that the structure checks have something to say.
SMALL_BRANCH, SMALL = 9, 6


@dataclass(frozen=True)
class SignIn:
    """Someone whose password the start of `make run` prints."""

    who: str
    username: str
    password: str


def settle(branches: list[Unit], *, on: date, seed: int = 7) -> None:
    """Put everybody into a branch and the posts into hands."""
    rng = random.Random(seed)  # noqa: S311 - repeatable on purpose, and no secret
    crowd = people(PEOPLE, on=on, seed=seed)
    sizes = _sizes(len(branches))
    for branch, size in zip(branches, sizes, strict=True):
        rows = [_member(branch, person, rng, on) for person in islice(crowd, size)]
        register_many(Member.objects.bulk_create(rows), on=on, by=None, at=now())
    _appoint(branches, on)
    lives.settle(branches, on=on)
    lives.part(branches, on=on)


def twice(branch: Unit, *, on: date) -> None:
    """One member of this branch was typed in a second time, without the citizen number: something to merge."""
    first = Member.objects.filter(unit=branch).filter(category__in=Member.MEMBERS).order_by("pk").first()
    if first:
        again = Member(
            unit=branch, name=first.name, birth_date=first.birth_date, sex=first.sex, category=first.category
        )
        again.phone, again.job = first.phone, "出纳"
        register_many(Member.objects.bulk_create([again]), on=on, by=None, at=now())


def _sizes(branches: int) -> list[int]:
    base, rest = divmod(PEOPLE - SMALL, branches - 1)
    sizes = [base + (1 if number < rest else 0) for number in range(branches - 1)]
    sizes.insert(SMALL_BRANCH, SMALL)
    return sizes


def _member(branch: Unit, person: object, rng: random.Random, on: date) -> Member:
    values = {name: getattr(person, name) for name in person.__slots__}  # type: ignore[attr-defined]
    member = Member(unit=branch, **values)
    drawn = rng.random()
    if member.converted_on is None:
        member.category = Member.Category.PROBATIONARY
    elif drawn < 0.03:
        member.category, member.joined_on, member.converted_on = Member.Category.ACTIVIST, None, None
    elif drawn < 0.045:
        member.category, member.joined_on, member.converted_on = Member.Category.DEVELOPMENT_OBJECT, None, None
    elif drawn < 0.075:
        member.category, member.converted_on = Member.Category.PROBATIONARY, None
        member.joined_on = date(on.year, 3, 10) if on.month > 3 else date(on.year - 1, 9, 10)
    if branch.name.startswith("离退休"):
        member.is_exempt = rng.random() < 0.5
        member.job = "退休"
    member.is_floating = rng.random() < 0.02
    return member


def _appoint(branches: list[Unit], on: date) -> None:
    rows = []
    for branch in branches:
        able = Member.objects.filter(unit=branch, category=Member.Category.FULL, is_exempt=False, is_floating=False)
        posts = COMMITTEE if Member.objects.filter(unit=branch).full().count() >= 7 else COMMITTEE[:1]
        for member, post in zip(able.order_by("pk"), posts, strict=False):
            rows.append(Appointment(unit=branch, member=member, post=post, since=branch.elected_on or on))
    Appointment.objects.bulk_create(rows)


def sign_ins(branches: list[Unit], admin: User) -> list[SignIn]:
    """Accounts for the demo, each with a password of its own that no other installation has."""
    branch = branches[3]
    found = [give_password("单位管理员 tenant admin", admin)]
    secretary = Appointment.objects.select_related("member").get(unit=branch, post=Post.SECRETARY).member
    found.append(give_password("支部书记 branch secretary", _account("shuji", secretary, Role.SECRETARY, branch)))
    organiser = Appointment.objects.select_related("member").get(unit=branch, post=Post.ORGANISATION).member
    found.append(give_password("组织委员 committee member", _account("weiyuan", organiser, Role.ORGANIZER, branch)))
    plain = Member.objects.filter(unit=branch, appointments__isnull=True, category=Member.Category.FULL)
    found.append(give_password("党员 party member", _account("dangyuan", plain.order_by("pk")[0], Role.MEMBER, branch)))
    for other in branches:
        holder = Appointment.objects.select_related("member").get(unit=other, post=Post.SECRETARY).member
        if holder.user_id is None:
            _account(f"shuji{other.pk}", holder, Role.SECRETARY, other)
    lives.ask(branch)
    _roles_to_look_at(branch, today())
    return found


def _roles_to_look_at(branch: Unit, on: date) -> None:
    """The secretary is away for some days, a role of the group's own, and one that ends soon."""
    held = Grant.objects.get(user__username="shuji")
    stands_in = User.objects.get(username="weiyuan")
    Grant.objects.create(
        user=stands_in,
        role=held.role,
        unit=branch,
        granted_by=held.user,
        since=on,
        until=on + timedelta(days=9),
        delegated_from=held,
        reason="外出学习",
        only=" activities learning voice ",
    )
    clerk = OwnRole.objects.create(name="名册员", verbs=["member.import", "member.view", "unit.view"])
    other = User.objects.filter(username__startswith="shuji", grants__delegated_from=None).exclude(pk=held.user_id)
    for user in other.order_by("pk")[:1]:
        Grant.objects.create(user=user, role=clerk.code, unit=branch, until=on + timedelta(days=20))


def _account(username: str, member: Member, role: Role, unit: Unit) -> User:
    """Linked to the member; without a password, nobody can sign in with it."""
    user = User.objects.create_user(username, name=member.name)
    Grant.objects.create(user=user, role=role, unit=unit)
    Member.objects.filter(pk=member.pk).update(user=user)
    return user


def give_password(who: str, user: User) -> SignIn:
    """A fresh random password for somebody."""
    password = f"Tx-{secrets.token_hex(4)}-9"
    user.set_password(password)
    user.save(update_fields=["password"])
    return SignIn(who, user.username, password)
