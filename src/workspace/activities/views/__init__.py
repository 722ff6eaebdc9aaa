"""Pages of meetings and activities; each view makes one domain call."""

from typing import cast

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from workspace.accounts.models import User


def person(request: HttpRequest) -> User:
    """Who is signed in; views below are for signed-in people only."""
    return cast(User, request.user)


def sections() -> list[tuple[str, str]]:
    """Tabs of the module."""
    return [
        (_("近期"), reverse("activities:index")),
        (_("日历"), reverse("activities:calendar")),
        (_("年度要求"), reverse("activities:obligations")),
        (_("决议"), reverse("activities:resolutions")),
        (_("全部"), reverse("activities:list")),
    ]
