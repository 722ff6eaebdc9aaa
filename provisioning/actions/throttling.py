"""How often a stranger may have us send mail."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from provisioning.models import Mailing
from shared.refusals import Refusal

WINDOW = timedelta(hours=1)
PER_EMAIL = 5
# One office often shares one address.
PER_ADDRESS = 30
KEPT = timedelta(days=1)


class TooManyMails(Refusal):
    message = _("请求太频繁了，请一小时后再试。")
    status = 429


def count_mail(purpose: str, *, email: str, address: str | None, at: datetime) -> None:
    """Note one mail about to go out. Raises TooManyMails where this e-mail or network address had its share."""
    recent = Mailing.objects.filter(purpose=purpose, at__gt=at - WINDOW)
    if recent.filter(email=email).count() >= PER_EMAIL:
        raise TooManyMails
    if address and recent.filter(address=address).count() >= PER_ADDRESS:
        raise TooManyMails
    Mailing.objects.create(purpose=purpose, email=email, address=address, at=at)
