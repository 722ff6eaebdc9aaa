"""What is told when somebody comes."""

from django.utils.translation import gettext as _

from shared.queue import task
from workspace.access.models import Joining, Role
from workspace.access.queries import people_who
from workspace.inbox.models import Message

TITLE_CHARS = 120


@task("access.announce_joining")
def announce_joining(joining_id: int) -> None:
    """Tell the administrators and secretaries who may decide. Runs again without telling anybody twice."""
    joining = Joining.objects.select_related("user", "invitation__unit").filter(pk=joining_id).first()
    if joining is None or joining.state != Joining.State.WAITING:
        return
    unit = joining.invitation.unit
    link = f"/access/joinings/#joining-{joining.pk}"
    title = _("{name}申请加入{unit}，请审核").format(name=joining.user.name, unit=unit)[:TITLE_CHARS]
    told = set(Message.objects.filter(link=link).values_list("to", flat=True))
    verb = "access.grant" if joining.invitation.role == Role.SECRETARY else "access.invite"
    people = people_who(verb, unit).exclude(pk__in=told)
    Message.objects.bulk_create(Message(to=person, title=title, link=link) for person in people)
