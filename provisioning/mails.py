"""Mails of the public site. Every address in them comes from settings, never from a request."""

from typing import Any

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation

from provisioning.models import Closing, Opening, PartnerInvitation, Signup
from provisioning.opening import activation_url
from provisioning.queries import workspaces_of
from shared.workspace import absolute_url


def send_code(signup: Signup, *, code: str) -> None:
    """The six digits."""
    _send("code", to=signup.email, language=signup.language, code=code, signup=signup)


def send_activation(opening: Opening) -> None:
    """Where the first administrator sets a password."""
    link = activation_url(opening)
    if not link:
        return
    signup = Signup.objects.filter(opening=opening).first()
    _send(
        "activation",
        to=opening.admin_email,
        language=signup.language if signup else "zh-hans",
        opening=opening,
        link=link,
        address=absolute_url(opening.tenant.slug),
    )


def invitation_url(invitation: PartnerInvitation) -> str:
    """The link of an invitation."""
    return absolute_url(path=f"/invitation/{invitation.token}/")


def send_invitation(invitation: PartnerInvitation) -> None:
    """The link, to the address the operator gave."""
    _send(
        "invitation",
        to=invitation.email,
        language="zh-hans",
        invitation=invitation,
        link=invitation_url(invitation),
    )


def send_closing(closing: Closing, *, occasion: str) -> None:
    """`begun`, `reminder` or `cancelled`, to whoever the workspace was opened for."""
    opening = Opening.objects.filter(tenant=closing.tenant).first()
    if opening and opening.admin_email:
        _send(
            f"closing_{occasion}",
            to=opening.admin_email,
            language="zh-hans",
            closing=closing,
            address=absolute_url(closing.tenant.slug),
        )


def send_erased(closing: Closing, *, to: str) -> None:
    """The proof that nothing is left."""
    if to and closing.proof:
        _send("erased", to=to, language="zh-hans", closing=closing, stores=sorted(closing.proof["stores"].items()))


def send_workspaces(email: str, *, language: str) -> None:
    """The workspaces that this address opened; where there are none, no mail at all."""
    found = [(tenant.name, absolute_url(tenant.slug, "/sign-in/")) for tenant in workspaces_of(email)]
    if found:
        _send("workspaces", to=email, language=language, found=found)


def _send(name: str, *, to: str, language: str, **values: Any) -> None:
    """Render `provisioning/mail/<name>.txt` (first line the subject) in the reader's language, and send it."""
    with translation.override(language):
        text = render_to_string(f"provisioning/mail/{name}.txt", {**values, "site": absolute_url()})
    subject, _newline, body = text.strip().partition("\n")
    send_mail(subject.strip(), body.strip() + "\n", None, [to])
