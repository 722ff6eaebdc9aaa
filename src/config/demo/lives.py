"""What happened to the demo's people: honours, appraisals, care, lost and found; and a correction asked for."""

from datetime import date, timedelta

from workspace.members.actions import corrections
from workspace.members.actions.events import Happening, happen_many
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
