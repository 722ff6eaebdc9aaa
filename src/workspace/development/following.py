"""What becomes of development cases when two entries of one person are merged."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from workspace.development.models import Step
from workspace.members.followers import Follower, Mention, mention, register


def announce() -> None:
    """Called once, when the application starts."""
    refusal = _("两份登记各有一份进行中的发展档案。请先核对，停止其中一份，再合并。")
    register(Follower("development.case.member", _("发展档案"), refusal=refusal))
    mention(Mention("development.step.details", rows=_naming, renamed=_renamed))


def _naming(member: int) -> "QuerySet[Step]":
    """Steps that name this person: contacts, introducers."""
    return Step.objects.filter(details__people__contains=[{"member": member}]).order_by("pk")


def _renamed(details: Any, old: int, new: int) -> Any:
    people = [each | {"member": new} if each.get("member") == old else each for each in details["people"]]
    return details | {"people": people}
