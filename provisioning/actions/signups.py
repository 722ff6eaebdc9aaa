"""What a visitor does on the way in: begin, answer, ask for the workspace."""

from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import DatabaseError, IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from provisioning import funnel, notices, opening, steps
from provisioning.actions import throttling
from provisioning.models import Mailing, Opening, PartnerInvitation, Signup
from provisioning.queries import organisation_has_workspace
from shared.queue import later
from shared.refusals import Refusal

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
    return signup


@transaction.atomic
def confirm(signup: Signup, *, at: datetime) -> Opening:
    """Take the address and ask the worker for the workspace. Asked twice, the first opening is the answer.

    Raises SlugTaken when somebody was quicker, AlreadyHere when the organisation was, NotReady when a step is missing.
    """
    held = Signup.objects.select_for_update().get(pk=signup.pk)
    if held.opening:
        return held.opening
    if steps.next_of(held) != "confirm" or not held.verified_at or held.notice_version != notices.AGREED_VERSION:
        raise NotReady
    if held.credit_code and organisation_has_workspace(held.credit_code):
        raise AlreadyHere
    asked: opening.Asked = {
        "name": held.name,
        "slug": held.slug,
        "kind": held.kind,
        "region": held.region,
        "credit_code": held.credit_code,
        "stated_members": held.stated_members or 0,
        "admin_name": held.contact_name,
        "admin_email": held.email,
        "admin_phone": held.phone,
        "by": f"sign-up {held.pk}",
    }
    made = _open_now(asked) or opening.reserve(**asked)
    held.opening, held.confirmed_at = made, at
    held.answer("confirm")
    try:
        with transaction.atomic():
            held.save(update_fields=["opening", "confirmed_at", "answered", "touched_at"])
    except IntegrityError as error:
        raise AlreadyHere from error
    _use_invitation(held, at=at)
    funnel.reached(funnel.Stage.REQUESTED, at=at, signup=held)
    if made.finished_at:
        opening.announce(made, held)
    else:
        later("provisioning.open", opening_id=made.pk)
    return made


def _open_now(asked: opening.Asked) -> Opening | None:
    """From the warm pool; whatever goes wrong there is undone, and the worker opens it step by step."""
    try:
        return opening.open_now(**asked)
    except DatabaseError:
        log.exception("warm_opening_failed", slug=asked["slug"])
        return None


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
