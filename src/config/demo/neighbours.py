"""Other organisations on the demo's platform, each at another point of the way, so that the console shows a rollout."""

from datetime import date, timedelta
from itertools import islice

from provisioning import opening
from provisioning.actions import invitations
from shared.clock import now, today
from shared.synthetic.people import people
from tenants import context
from tenants.models import Tenant
from workspace.access.models import Grant, Role
from workspace.activities.models import Activity, CheckIn, Participation
from workspace.members.actions.events import register_many
from workspace.members.models import Appointment, Member
from workspace.organization.models import Unit

# name, slug, type, province, stated members, how far it has come: opened, signed in, members, meeting
NEIGHBOURS = (
    ("江城市第一医院", "jiangcheng-hospital", "hospital", "420000", 46, "meeting"),
    ("江城师范学院", "jiangcheng-normal", "university", "420000", 60, "members"),
    ("启明科技有限公司", "qiming-tech", "private_enterprise", "440000", 18, "signed in"),
    ("幸福里社区", "xingfuli", "community", "310000", 35, "opened"),
)
INVITED = (("滨海市图书馆", "government", "370000"), ("远航航运集团", "state_enterprise", "210000"))
REACH = ("opened", "signed in", "members", "meeting")


def settle(*, on: date) -> list[Tenant]:
    """Open them all and let each live as far as it has come; invite two more."""
    made = []
    for name, slug, kind, region, stated, reached in NEIGHBOURS:
        row = opening.reserve(
            name=name,
            slug=slug,
            kind=kind,
            region=region,
            stated_members=stated,
            admin_name="王静",
            admin_email=f"admin@{slug}.example",
            by="demo",
        )
        tenant = opening.run(row).tenant
        with context.inside(tenant):
            _live(REACH.index(reached), stated, on=on, seed=len(slug))
        made.append(tenant)
    for name, kind, region in INVITED:
        invitations.invite(name=name, kind=kind, region=region, by="demo", wave="第一批试点", at=now())
    return made


def _live(reached: int, stated: int, *, on: date, seed: int) -> None:
    admin = Grant.objects.select_related("user").get(role=Role.ADMIN).user
    if reached >= REACH.index("signed in"):
        admin.set_unusable_password()
        admin.last_login = now() - timedelta(days=2)
        admin.save(update_fields=["password", "last_login"])
    if reached >= REACH.index("members"):
        branches = list(Unit.objects.filter(type__in=Unit.BRANCHES, is_sample=False))
        crowd = people(stated, on=on, seed=seed)
        for branch in branches:
            _fill(branch, [_member(branch, person) for person in islice(crowd, stated // len(branches))])
    if reached >= REACH.index("meeting"):
        for branch in Unit.objects.filter(type__in=Unit.BRANCHES, is_sample=False):
            _meet(branch)


def _member(branch: Unit, person: object) -> Member:
    values = {name: getattr(person, name) for name in person.__slots__}  # type: ignore[attr-defined]
    category = Member.Category.FULL if values["converted_on"] else Member.Category.PROBATIONARY
    return Member(unit=branch, category=category, **values)


def _fill(branch: Unit, rows: list[Member]) -> None:
    made = Member.objects.bulk_create(rows)
    register_many(made, on=today(), by=None, at=now())
    Appointment.objects.create(unit=branch, member=made[0], post=Appointment.Post.SECRETARY, since=date(2025, 1, 6))


def _meet(branch: Unit) -> None:
    starts = now() - timedelta(days=3)
    ended = starts + timedelta(hours=1)
    activity = Activity.objects.create(
        unit=branch,
        title="支部党员大会",
        kinds=["general_meeting"],
        starts_at=starts,
        ends_at=ended,
        recorded_at=ended,
        closed_at=ended,
    )
    members = list(Member.objects.filter(unit=branch))
    Participation.objects.bulk_create([Participation(activity=activity, member=member) for member in members])
    CheckIn.objects.bulk_create(
        [CheckIn(activity=activity, member=member, method="qr", at=starts) for member in members[:-2]]
    )
