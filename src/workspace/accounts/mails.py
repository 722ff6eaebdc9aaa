"""Mails about an account. Every address in them comes from settings, never from a request."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation

from shared.workspace import absolute_url, current
from workspace.accounts import links
from workspace.accounts.models import User


def here(path: str = "") -> str:
    """An address on this workspace's host, or on the console's."""
    workspace = current.get()
    return absolute_url(workspace.slug if workspace else settings.CONSOLE_LABEL, path)


def place_name() -> str:
    """What the reader knows this place by."""
    workspace = current.get()
    return workspace.name if workspace else str(translation.gettext("同心运营控制台"))


def send(user: User, name: str, *, purpose: links.Purpose) -> None:
    """Render `accounts/mail/<name>.txt` (first line the subject) in the person's language, and send it."""
    with translation.override(user.language or settings.LANGUAGE_CODE):
        text = render_to_string(
            f"accounts/mail/{name}.txt",
            {
                "person": user,
                "place": place_name(),
                "link": here(links.path_for(user, purpose)),
                "lifetime": links.LIFETIME[purpose],
            },
        )
    subject, _newline, body = text.strip().partition("\n")
    send_mail(subject.strip(), body.strip() + "\n", None, [user.email or ""])
