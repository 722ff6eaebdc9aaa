"""What a case does to the person's standing in the Party: an event of the member, or its voiding."""

from datetime import date

from workspace.accounts.models import User
from workspace.development.models import Case
from workspace.members.actions.events import happen, void
from workspace.members.models import Event


def stand(case: Case, kind: str, *, on: date, basis: str, by: User, months: int | None = None) -> Event:
    """The person has become an activist, was admitted, …; `on` is the day it counts from. Raises an EventRefused."""
    details = {"case": case.pk} | ({"months": months} if months else {})
    return happen(case.member, kind, on=on, by=by, basis=basis, details=details)


def stand_back(case: Case, kind: str, *, reason: str, by: User) -> None:
    """It was recorded wrongly: the event of this case is voided, and the person is again what they were before.

    There is none where the register knew already when the case was taken over. Raises what voiding refuses.
    """
    own = Event.objects.standing().filter(member=case.member, kind=kind, details__case=case.pk).order_by("-pk").first()
    if own is not None:
        void(own, by=by, reason=reason)
        case.member.refresh_from_db()
