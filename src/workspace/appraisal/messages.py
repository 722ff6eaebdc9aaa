"""Who is told when an appraisal moves. Links are paths: actions run without a request too."""

from collections.abc import Iterable

from workspace.accounts.models import User
from workspace.appraisal.models import Appraisal
from workspace.appraisal.models.people import Person
from workspace.inbox.models import Message
from workspace.members.models import Member

TITLE = 120  # characters of a message's title


def tell(appraisal: Appraisal, people: Iterable[Person], title: str, body: str, *, but: User) -> None:
    """One message to each of them who has an account; not to the one who did it. Two queries."""
    keys = [one.member for one in people]
    users = Member.objects.filter(pk__in=keys, user__is_active=True).exclude(user=but).order_by("user")
    link = f"/appraisals/{appraisal.pk}/mine/"
    Message.objects.bulk_create(
        Message(to_id=key, title=title[:TITLE], body=body, link=link) for key in users.values_list("user", flat=True)
    )
