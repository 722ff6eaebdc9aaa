"""What a visitor does on the way in: begin, answer, ask for the workspace."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import DatabaseError, IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from provisioning import funnel, laying, notices, opening, steps
from provisioning.actions import throttling
from provisioning.models import Mailing, Opening, PartnerInvitation, Signup
from provisioning.queries import organisation_has_workspace
from shared.queue import later
from shared.refusals import Refusal
from shared.script import Script, violated_table

log = structlog.get_logger(__name__)
ABANDONED_AFTER = timedelta(days=30)


class AlreadyHere(Refusal):
    message = _("这个单位已经开通了工作空间，不必再次注册。可以用「找回工作空间」拿到网址。")


class NotReady(Refusal):
    message = _("还有一步没有填写，请先补上。")


def begin(*, language: str, at: datetime, invitation: PartnerInvitation | None = None) -> Signup:
    """A new sign-up, filled with what the invitation already says."""
    signup = Signup(language=language, invitation=invitation)
    if invitation:
        for field in ("name", "kind", "region", "credit_code", "email"):
            setattr(signup, field, getattr(invitation, field))
    signup.save()
    funnel.reached(funnel.Stage.STARTED, at=at, signup=signup)
    return signup


def answer(signup: Signup, step: str, values: dict[str, Any]) -> Signup:
    """Write down what one screen said. Raises AlreadyHere for an organisation that has a workspace."""
    if values.get("credit_code") and organisation_has_workspace(values["credit_code"]):
        raise AlreadyHere
    before = {field: getattr(signup, field) for field in ("kind", "email")}
    for field, value in values.items():
        setattr(signup, field, value)
    signup.answer(step)
    if signup.email != before["email"]:
        # Another address proves nothing about this one.
        signup.verified_at = signup.code_sent_at = None
        signup.code_digest, signup.code_tries = "", 0
        signup.reopen("code")
    if signup.kind != before["kind"] and not signup.credit_code:
        # The new type may not go without a code.
        signup.no_code = ""
        signup.reopen("credit-code")
    signup.save()
    return signup


def agree(signup: Signup, *, at: datetime) -> Signup:
    """The privacy notice and the terms of today were read and agreed to."""
    signup.notice_version = notices.AGREED_VERSION
    signup.accepted_at = at
    signup.answer("notice")
    signup.save(update_fields=["notice_version", "accepted_at", "answered", "touched_at"])
    if steps.next_of(signup) == "confirm" and signup.verified_at:
        laying.lay_out(signup, at=at)
    return signup


def confirm(token: str, *, at: datetime) -> Opening | None:
    """Take the address and open the workspace, now or by the worker. Asked twice, the first opening is the answer.

    None for a token of no sign-up. Raises SlugTaken when somebody was quicker, AlreadyHere when the organisation was,
    NotReady when a step is missing; then nothing of it was done.
    """
    try:
        with transaction.atomic():
            return _confirm(token, at=at, is_warm=True)
    except DatabaseError as error:
        # Whatever went wrong in the pool is undone, and the worker opens it step by step.
        log.exception("warm_opening_failed", error=type(error).__name__)
    with transaction.atomic():
        return _confirm(token, at=at, is_warm=False)


# Written out: composing it took a fifth of what Python does for the last button.
_HOLD = "SELECT * FROM provisioning_signup WHERE token = %s FOR UPDATE"


def _confirm(token: str, *, at: datetime, is_warm: bool) -> Opening | None:
    held = next(iter(Signup.objects.raw(_HOLD, [token])), None)
    if held is None:
        return None
    if held.opening:
        return held.opening
    if steps.next_of(held) != "confirm" or not held.verified_at or held.notice_version != notices.AGREED_VERSION:
        raise NotReady
    if held.credit_code and organisation_has_workspace(held.credit_code):
        raise AlreadyHere
    _use_invitation(held, at=at)
    made = _open(held, at=at) if is_warm else None
    return made or _reserve(held, at=at)


def _open(signup: Signup, *, at: datetime) -> Opening | None:
    """Out of the warm pool; None where it is empty."""

    def note(made: Opening, script: Script) -> None:
        _tell(signup, made, at=at)
        script.update(signup, *_TOLD)
        passed = funnel.events(funnel.Stage.REQUESTED, funnel.Stage.OPENED, at=at, signup=signup, tenant=made.tenant)
        script.insert(*passed, once=True)
        opening.mail_activation(made, script)

    with _one_an_organisation():
        return opening.open_now(also=note, ticket=laying.ticket(signup), **_asked(signup))


def _reserve(signup: Signup, *, at: datetime) -> Opening:
    """The worker opens it."""
    made = opening.reserve(**_asked(signup))
    _tell(signup, made, at=at)
    with _one_an_organisation():
        signup.save(update_fields=_TOLD)
    funnel.reached(funnel.Stage.REQUESTED, at=at, signup=signup)
    later("provisioning.open", opening_id=made.pk)
    return made


_TOLD = ("opening", "confirmed_at", "answered", "touched_at")


def _tell(signup: Signup, made: Opening, *, at: datetime) -> None:
    """What the sign-up says of its opening. Not saved."""
    signup.opening, signup.confirmed_at = made, at
    signup.answer("confirm")


@contextmanager
def _one_an_organisation() -> Iterator[None]:
    """Two browsers of one organisation may confirm at the same instant: one opens, the other is told."""
    try:
        yield
    except IntegrityError as error:
        if violated_table(error) != Signup._meta.db_table:
            raise
        raise AlreadyHere from error


def _asked(signup: Signup) -> opening.Asked:
    return {
        "name": signup.name,
        "slug": signup.slug,
        "kind": signup.kind,
        "region": signup.region,
        "credit_code": signup.credit_code,
        "stated_members": signup.stated_members or 0,
        "admin_name": signup.contact_name,
        "admin_email": signup.email,
        "admin_phone": signup.phone,
        "by": f"sign-up {signup.pk}",
    }


def _use_invitation(signup: Signup, *, at: datetime) -> None:
    if signup.invitation_id and not PartnerInvitation.objects.filter(
        pk=signup.invitation_id, used_at__isnull=True
    ).update(used_at=at):
        # Another sign-up used the link meanwhile. Anyone may sign up without one, so this one just goes on as such.
        Signup.objects.filter(pk=signup.pk).update(invitation=None)
        signup.invitation = None


def ask_again(signup: Signup, step: str) -> Signup:
    """One answer stands no longer (an address that somebody else took, a notice that changed); keep all the rest."""
    signup.refresh_from_db()
    signup.reopen(step)
    signup.save(update_fields=["answered", "touched_at"])
    return signup


def purge_abandoned(*, at: datetime) -> int:
    """Forget sign-ups that nobody touched for thirty days, finished or not, and the throttle's old rows."""
    Mailing.objects.filter(at__lt=at - throttling.KEPT).delete()
    gone, _by_model = Signup.objects.filter(touched_at__lt=at - ABANDONED_AFTER).delete()
    return gone
