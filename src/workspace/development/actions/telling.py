"""Messages about cases to those who are to act."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from rules import Node
from workspace.access.queries.nearest import people_near
from workspace.accounts.models import User
from workspace.development.models import Case
from workspace.development.queries.above import committee_above
from workspace.development.queries.visibility import APPROVE, HANDLE
from workspace.development.wording import said
from workspace.inbox.models import Message


def ask_above(case: Case, nodes: Iterable[Node]) -> None:
    """The level above is asked to decide."""
    above = committee_above(case.unit)
    if above is None:
        return
    what = "、".join(said(node.step) for node in nodes)
    _tell(
        people_near(APPROVE, above),
        case,
        title=_("请办理{name}的{what}").format(name=case.member.name, what=what),
        body=_("{unit}已完成前面的步骤，等待上级党委办理。").format(unit=case.unit),
    )


def answer_branch(case: Case, *, title: str, body: str) -> None:
    """The branch hears what was decided above."""
    _tell(people_near(HANDLE, case.unit), case, title=title, body=body)


def _tell(people: "QuerySet[User]", case: Case, *, title: str, body: str) -> None:
    link = f"/development/cases/{case.pk}/"
    own = case.member.user_id
    Message.objects.bulk_create(
        Message(to=person, title=title[:120], body=body, link=link) for person in people if person.pk != own
    )
