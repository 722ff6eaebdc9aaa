"""When units merge, roles and open invitations go along to the unit that stays."""

from shared.clock import now, today
from workspace.access.actions.taking import details_of, outlasts, take_away
from workspace.access.models import Grant, Invitation
from workspace.audit.actions import record
from workspace.organization.handovers import Going


def take_grants(going: Going) -> list[int]:
    """Who holds a role on a merged unit, or will, holds it on the one that stays. Of two that cannot stand beside each
    other the one worth more stays; what was lent of the other ends with it."""
    leaving = Grant.objects.not_over(today()).filter(unit__in=[unit.pk for unit in going.origins])
    there = {(grant.user_id, grant.role): grant for grant in Grant.objects.filter(unit=going.to).locked()}
    gone: set[int] = set()
    keys = []
    for grant in leaving.locked():
        if grant.pk in gone:
            continue
        double = there.get((grant.user_id, grant.role))
        if double is not None and double.pk not in gone:
            lesser = double if outlasts(grant, double) else grant
            gone |= take_away(lesser, by=going.by, why=going.why)
            if lesser is grant:
                continue
        grant.unit = going.to
        grant.save(update_fields=["unit"])
        there[grant.user_id, grant.role] = grant
        record("access.granted", of=grant, by=going.by, details=details_of(grant) | {"why": going.why})
        keys.append(grant.pk)
    return [key for key in keys if key not in gone]


def take_invitations(going: Going) -> list[int]:
    """Posters that hang go on leading somewhere."""
    open_ones = Invitation.objects.open(now()).filter(unit__in=[unit.pk for unit in going.origins])
    keys = list(open_ones.order_by("pk").values_list("pk", flat=True))
    Invitation.objects.filter(pk__in=keys).update(unit=going.to)
    return keys
