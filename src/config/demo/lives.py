"""What happened to the demo's people: honours, appraisals, care, lost and found; and a correction asked for."""

from datetime import date, timedelta

from shared.clock import now
from shared.synthetic.people import people
from workspace.members.actions import corrections
from workspace.members.actions.events import Happening, happen_many, register_many
from workspace.members.models import Event, Member
from workspace.organization.models import Unit

Kind = Event.Kind


def settle(branches: list[Unit], *, on: date) -> None:
    """A few events in every branch, none of which changes where anybody stands today."""
    told = []
    for branch in branches:
        settled = Member.objects.full().filter(unit=branch, joined_on__lt=date(on.year - 2, 1, 1), is_floating=False)
        for member, make in zip(
            settled.order_by("-pk"), (_honoured, _appraised, _helped, _lost_and_found), strict=False
        ):
            told += make(member, on)
    happen_many(told, by=None)


def part(branches: list[Unit], *, on: date) -> None:
    """Some who were here a year ago and are not any more, one who came and one who moved: what statistics tell."""
    first, second, third = branches[:3]
    gone = [Member(unit=first, **_values(person)) for person in people(4, on=on, seed=41)]
    for member in gone:
        member.joined_on, member.converted_on = date(1998, 7, 1), date(1999, 7, 1)
    Member.objects.bulk_create(gone)
    register_many(gone, on=date(on.year - 2, 1, 5), by=None, at=now())
    settled = Member.objects.full().filter(unit=second, joined_on__lt=date(on.year - 2, 1, 1), appointments=None)
    mover = settled.order_by("pk").first()
    told = [
        Happening(gone[0], Kind.DIED, on - timedelta(days=150), "家属报告"),
        Happening(gone[1], Kind.TRANSFERRED_OUT, on - timedelta(days=120), "江直工转〔2026〕3号"),
        Happening(gone[2], Kind.REMOVED, on - timedelta(days=60), "支部大会", details={"removal": "delisted"}),
        Happening(gone[3], Kind.TRANSFERRED_OUT, date(on.year - 1, 9, 1), "江直工转〔2025〕8号"),
        Happening(gone[3], Kind.TRANSFERRED_IN, on - timedelta(days=90), "江直工转〔2026〕5号", unit=first),
    ]
    if mover:
        told.append(Happening(mover, Kind.MOVED, on - timedelta(days=45), "岗位调整", unit=third))
    happen_many(told, by=None)


def _values(person: object) -> dict[str, object]:
    return {name: getattr(person, name) for name in person.__slots__}  # type: ignore[attr-defined]


def ask(branch: Unit) -> None:
    """The party member who signs in waits for an answer."""
    member = Member.objects.filter(unit=branch, user__username="dangyuan").select_related("user").get()
    assert member.user  # noqa: S101  chosen by the account
    corrections.ask(member, {"job": "工会干事"}, reason="今年 3 月换了岗位", by=member.user)


def _honoured(member: Member, on: date) -> list[Happening]:
    details = {"title": "优秀共产党员", "giver": "江城市直属机关工委"}
    return [Happening(member, Kind.HONOURED, date(on.year - 1, 7, 1), f"江直工发〔{on.year - 1}〕9号", details=details)]


def _appraised(member: Member, on: date) -> list[Happening]:
    details = {"year": on.year - 1, "grade": "excellent"}
    return [Happening(member, Kind.APPRAISED, date(on.year - 1, 12, 20), "组织生活会", details=details)]


def _helped(member: Member, on: date) -> list[Happening]:
    details = {"help": "visit", "note": "春节前走访"}
    return [Happening(member, Kind.HELPED, on - timedelta(days=200), "支委会", details=details)]


def _lost_and_found(member: Member, on: date) -> list[Happening]:
    return [
        Happening(member, Kind.LOST_CONTACT, on - timedelta(days=400), details={"reason": "work"}),
        Happening(member, Kind.FOUND, on - timedelta(days=350), "电话联系上"),
    ]


_LIVES = (_honoured, _appraised, _helped, _lost_and_found)
