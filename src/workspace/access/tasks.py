"""What is told when somebody comes."""

from shared.queue import task
from workspace.access.models import Joining
from workspace.access.queries import may
from workspace.accounts.models import User
from workspace.inbox.models import Message


@task("access.announce_joining")
def announce_joining(joining_id: int) -> None:
    """Tell the administrators and secretaries who may decide. Runs again without telling anybody twice."""
    joining = Joining.objects.select_related("user", "invitation__unit").filter(pk=joining_id).first()
    if joining is None or joining.state != Joining.State.WAITING:
        return
    unit = joining.invitation.unit
    link = f"/access/joinings/#joining-{joining.pk}"
    for person in User.objects.filter(is_active=True, grants__isnull=False).distinct():
        if may(person, "access.invite", unit) and not Message.objects.filter(to=person, link=link).exists():
            Message.objects.create(to=person, title=f"{joining.user.name}申请加入{unit}，请审核", link=link)
