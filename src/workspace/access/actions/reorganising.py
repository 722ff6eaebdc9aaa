"""When units merge, roles and open invitations go along to the unit that stays."""

from shared.clock import now, today
from workspace.access.models import Grant, Invitation
from workspace.audit.actions import record
from workspace.organization.handovers import Going


def take_grants(going: Going) -> list[int]:
    """Who holds a role on a merged unit holds it on the one that stays; a role held there already is not doubled."""
    held = Grant.objects.in_force(today()).filter(unit__in=[unit.pk for unit in going.origins]).order_by("pk")
    there = {*Grant.objects.filter(unit=going.to).values_list("user_id", "role")}
    keys = []
    for grant in held.select_for_update():
        details = {"role": grant.role, "unit": going.to.pk, "user": grant.user_id, "until": None, "why": going.why}
        if (grant.user_id, grant.role) in there:
            record("access.revoked", of=grant, by=going.by, details=details | {"unit": grant.unit_id})
            grant.delete()
            continue
        there.add((grant.user_id, grant.role))
        grant.unit = going.to
        grant.save(update_fields=["unit"])
        record("access.granted", of=grant, by=going.by, details=details)
        keys.append(grant.pk)
    return keys


def take_invitations(going: Going) -> list[int]:
    """Posters that hang go on leading somewhere."""
    open_ones = Invitation.objects.open(now()).filter(unit__in=[unit.pk for unit in going.origins])
    keys = list(open_ones.order_by("pk").values_list("pk", flat=True))
    Invitation.objects.filter(pk__in=keys).update(unit=going.to)
    return keys
