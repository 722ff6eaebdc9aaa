"""What members write: of themselves, of each other. Nobody writes in another's name; the committee may note that a
paper was handed in."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from shared.refusals import Refusal
from workspace.accounts.models import User
from workspace.appraisal.actions.locking import NotYet, WritingIsOver, locked
from workspace.appraisal.models import Appraisal
from workspace.appraisal.models.people import Person
from workspace.appraisal.models.texts import OPINION, TEXT, Opinion, Review
from workspace.appraisal.queries.progress import is_writing
from workspace.audit import actions as audit


class NotTakingPart(Refusal):
    message = _("不参加这次民主评议的，不用填写（{reason}）。")


class NothingWritten(Refusal):
    message = _("请写几句话，或者勾选会上当面提出。")
    status = 400


class TooLong(Refusal):
    message = _("最多 {most} 字，现有 {found} 字。请精简。")
    status = 400


class NotOneself(Refusal):
    message = _("互评是对其他党员提意见；对自己请写自评。")
    status = 400


class WroteAlready(Refusal):
    message = _("{name}已在手机上写了自评，不用再登记纸质自评。")


@transaction.atomic
def review(appraisal: Appraisal, member: int, text: str, *, by: User, on: date) -> Review:
    """The member's own words, in place of those before.

    Raises NotRunning, WritingIsOver, NotTakingPart, NothingWritten, TooLong.
    """
    now, _person = _open_to(appraisal, member)
    made = Review(member=member, on=on, text=_measured(text, TEXT))
    _keep(now, made)
    audit.record("appraisal.reviewed", of=now, by=by, details={"member": member})
    return made


@transaction.atomic
def note_paper(appraisal: Appraisal, member: int, *, by: User, on: date, back: bool = False) -> None:
    """A paper was handed in; with `back` the note is taken back. Raises NotRunning, WritingIsOver, NotTakingPart,
    WroteAlready."""
    now, person = _open_to(appraisal, member)
    there = next((one for one in now.self_reviews if one.member == member), None)
    if there is not None and there.text:
        raise WroteAlready(name=person.name)
    if back:
        now.reviews = [one.stored() for one in now.self_reviews if one.member != member]
        now.save(update_fields=["reviews"])
    else:
        _keep(now, Review(member=member, on=on, on_paper=True, by=by.name))
    details = {"member": member, "name": person.name, "back": back}
    audit.record("appraisal.paper_noted", of=now, by=by, details=details)


@transaction.atomic
def say(
    appraisal: Appraisal, writer: int, about: int, *, text: str, at_meeting: bool, by: User, on: date
) -> Opinion | None:
    """One text of each about each, in place of the one before; None where both are empty, which takes it back.

    Raises NotRunning, WritingIsOver, NotYet, NotTakingPart, NotOneself, NothingWritten, TooLong.
    """
    now, _person = _open_to(appraisal, writer)
    if now.mutual_on is None:
        raise NotYet(before=_now("会议召开、开始互评之后再写。"))
    if writer == about:
        raise NotOneself
    whom = now.person(about)
    if whom is None or not whom.takes_part:
        raise NotTakingPart(reason=whom.reason if whom else "")
    others = [one for one in now.said if (one.writer, one.about) != (writer, about)]
    made = None
    if text.strip() or at_meeting:
        words = _measured(text, OPINION) if text.strip() else ""
        made = Opinion(writer=writer, about=about, on=on, text=words, at_meeting=at_meeting)
    elif len(others) == len(now.said):
        raise NothingWritten
    now.opinions = [one.stored() for one in (*others, *([made] if made else []))]
    now.save(update_fields=["opinions"])
    audit.record("appraisal.opined", of=now, by=by, details={"member": writer})
    return made


def _open_to(appraisal: Appraisal, member: int) -> tuple[Appraisal, Person]:
    now = locked(appraisal)
    if not is_writing(now):
        raise WritingIsOver
    person = now.person(member)
    if person is None or not person.takes_part:
        raise NotTakingPart(reason=person.reason if person else "")
    return now, person


def _measured(text: str, most: int) -> str:
    said = text.strip()
    if not said:
        raise NothingWritten
    if len(said) > most:
        raise TooLong(most=most, found=len(said))
    return said


def _keep(now: Appraisal, made: Review) -> None:
    """What members write of themselves leaves `updated_at` alone: it is no change to what a committee has on screen."""
    others = [one for one in now.self_reviews if one.member != made.member]
    now.reviews = [one.stored() for one in (*others, made)]
    now.save(update_fields=["reviews"])
