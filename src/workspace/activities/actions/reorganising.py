"""When units merge, what is planned and what is still owed go along."""

from django.utils import timezone

from workspace.activities.models import Activity, Obligation
from workspace.audit import actions as audit
from workspace.organization.handovers import Going

State = Obligation.State


def take_plans(going: Going) -> list[int]:
    """Activities from the day on that are neither held nor cancelled are now those of the unit that stays."""
    planned = list(
        Activity.objects.select_for_update(of=("self",))
        .filter(unit__in=[unit.pk for unit in going.origins], closed_at__isnull=True, cancelled_at__isnull=True)
        .filter(starts_at__gte=timezone.now())
        .select_related("unit")
        .order_by("pk")
    )
    keys = [activity.pk for activity in planned]
    Activity.objects.filter(pk__in=keys).update(unit=going.to, updated_at=timezone.now())
    told = [{"changed": {"unit": [str(activity.unit), str(going.to)]}, "basis": going.why} for activity in planned]
    audit.record_many("activity.changed", of=planned, by=going.by, details=told)
    return keys


def take_obligations(going: Going) -> list[int]:
    """What is open and not over goes along, once for each rule and period; what the other unit owes anyway, it owes
    once. What was due before the day stays with the unit that owed it.
    """
    running = Obligation.objects.filter(
        unit__in=[unit.pk for unit in going.origins], state=State.OPEN, period_end__gte=going.on
    )
    taken = {*Obligation.objects.filter(unit=going.to).values_list("rule_code", "period")}
    keys: list[int] = []
    idle: list[int] = []
    for row in running.order_by("pk").select_for_update():
        key = (row.rule_code, row.period)
        (idle if key in taken else keys).append(row.pk)
        taken.add(key)
    Obligation.objects.filter(pk__in=idle).delete()
    Obligation.objects.filter(pk__in=keys).update(unit=going.to)
    return keys
