"""The request as our middleware leaves it; views say `request: Request`."""

from typing import Any

from django.http import HttpRequest

from shared.workspace import Workspace


class Request(HttpRequest):
    """`workspace` is None on the public site and the console; `user` is an `accounts.User` behind `login_required`."""

    workspace: Workspace | None
    user: Any
    htmx: Any
    view_failed: bool
    may: Any  # access.middleware: whether this person may do a verb anywhere
    is_behind: bool  # whether this release has yet to reach the workspace
