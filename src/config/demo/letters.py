"""The demo's transfers and people away: letters in every state, contacts that are due and that were made."""

from collections.abc import Iterator
from datetime import date, timedelta

from workspace.accounts.models import User
from workspace.members.models import Member
from workspace.organization.models import Unit
from workspace.transfers.actions import absences, accepting, arriving, closing, contacting, issuing
from workspace.transfers.models import Transfer
from workspace.transfers.models.contacts import Contact, Way
from workspace.transfers.models.letterhead import Letterhead
from workspace.transfers.models.newcomer import Newcomer

WORD = "同组介"
HEAD = Letterhead(address="江城市东湖区同心路1号", phone="0000-8888001", postcode="000000")
OUTSIDE = ("中共江城大学委员会组织部", "中共东湖区人才服务中心委员会", "中共滨海市港务集团委员会")


def send(branches: list[Unit], *, by: User, on: date) -> None:
    """The fourth branch is the one whose secretary signs in: most of it happens there."""
    home, other, third = branches[3], branches[4], branches[5]
    people, others = _free(home), _free(other)
    done = _issue([next(people)], 90, on, by, destination=other)
    accepting.accept(done[0], on=on - timedelta(days=80), by=by, today=on)
    refused = _issue([next(people)], 60, on, by, destination_name=OUTSIDE[2])
    closing.reject(refused[0], on=on - timedelta(days=41), reason="介绍信抬头有误，请重新开具", by=by, today=on)
    _issue([next(people)], 44, on, by, destination_name=OUTSIDE[0], reason="study")  # nobody asked for the receipt
    _issue([next(people)], 24, on, by, destination_name=OUTSIDE[1])  # runs out in a few days
    _issue([next(people)], 6, on, by, destination=third, reason="structure")
    _issue([next(others), next(others)], 3, on, by, destination=home)  # waits for the secretary
    arriving.enter(_arrival(home, on), by=by, on=on)
    _away(people, by=by, on=on)


def _free(branch: Unit) -> Iterator[Member]:
    """Full members without a post or an account, the last to join first."""
    rows = Member.objects.present().filter(unit=branch, user=None, appointments=None, category=Member.Category.FULL)
    return iter(rows.filter(is_floating=False, is_exempt=False).select_related("unit").order_by("-joined_on", "pk"))


def _issue(people: list[Member], days_ago: int, on: date, by: User, **said: object) -> list[Transfer]:
    order = issuing.Order(
        issued_on=on - timedelta(days=days_ago),
        valid_days=30,
        word=WORD,
        paid_until=(on - timedelta(days=days_ago)).replace(day=1),
        letterhead=HEAD,
        **said,  # type: ignore[arg-type]
    )
    return issuing.issue(people, order, by=by, on=on)


def _arrival(branch: Unit, on: date) -> arriving.Arrival:
    who = Newcomer(
        name="程一帆", sex="1", birth_date=date(1994, 5, 20), ethnic_group="01", education="21",
        joined_on=date(2016, 6, 18), converted_on=date(2017, 6, 18),
    )  # fmt: skip
    return arriving.Arrival(
        newcomer=who,
        destination=branch,
        origin_name=OUTSIDE[0],
        number="江大组〔2026〕第118号",
        reason="graduation",
        issued_on=on - timedelta(days=10),
        valid_days=30,
    )


def _away(people: Iterator[Member], *, by: User, on: date) -> None:
    # kind, days since, reason, place, a fixed place, days since each contact
    rows = (
        ("floating", 260, "work", "广东深圳", True, (190, 95)),
        ("floating", 70, "family", "四川成都", False, (20,)),
        ("abroad", 420, "study", "英国伦敦", False, (300, 205)),
        ("abroad", 150, "posted", "阿联酋迪拜", False, (40,)),
        ("graduate", 500, "no_job_yet", "湖北武汉", False, (330, 120)),
        ("lost", 200, "changed_job", "最后在浙江宁波", False, ()),
    )
    for kind, days, reason, place, fixed, contacts in rows:
        member = next(people)
        away = absences.Away(
            kind=kind, since=on - timedelta(days=days), reason=reason, place=place, has_fixed_place=fixed
        )
        row = absences.begin(member, away, by=by, on=on)
        for ago in contacts:
            made = Contact(
                on=on - timedelta(days=ago), way=Way.PHONE, by=by.name, note="工作生活正常，已转告支部近期安排"
            )
            contacting.note(row, made, by=by, today=on)
        if kind == "lost":
            tried = Contact(
                on=on - timedelta(days=12), way=Way.FAMILY, by=by.name, reached=False, note="家属也联系不上"
            )
            contacting.note(row, tried, by=by, today=on)
