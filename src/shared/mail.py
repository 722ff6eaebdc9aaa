"""Mail on a laptop: every message is a file under `var/mail`, shown on the mailbox page of the public site."""

from collections.abc import Sequence
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from shared.clock import now


class MailboxBackend(BaseEmailBackend):
    """Writes each message as `<time>-<random>.eml` (RFC 5322)."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        box = Path(settings.MAILBOX or "")
        box.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{now():%Y%m%dT%H%M%S%f}-{uuid4().hex[:6]}.eml"
            (box / name).write_bytes(message.message().as_bytes())
        return len(email_messages)
