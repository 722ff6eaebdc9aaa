"""Where organisations stand on their way in. Written by the verbs of sign-up, read by the console."""

from datetime import datetime

from django.db.models import Count

from provisioning.models import Opening, PartnerInvitation, Signup, SignupEvent
from tenants.models import Tenant

Stage = SignupEvent.Stage


def events(
    *stages: str,
    at: datetime,
    signup: Signup | None = None,
    invitation: PartnerInvitation | None = None,
    tenant: Tenant | None = None,
) -> list[SignupEvent]:
    """What notes the stages, not yet written down. The wave is taken from the invitation, so it stays when the
    invitation goes."""
    invitation = invitation or (signup.invitation if signup else None)
    wave = invitation.wave if invitation else ""
    return [
        SignupEvent(stage=stage, at=at, signup=signup, tenant=tenant, invitation=invitation, wave=wave)
        for stage in stages
    ]


def reached(
    stage: str,
    *,
    at: datetime,
    signup: Signup | None = None,
    invitation: PartnerInvitation | None = None,
    tenant: Tenant | None = None,
) -> None:
    """Note a stage, once."""
    noted = events(stage, at=at, signup=signup, invitation=invitation, tenant=tenant)
    # Two unique constraints say once for a sign-up and a tenant; for an invitation alone there is none.
    alone = signup is None and tenant is None
    if alone and SignupEvent.objects.filter(stage=stage, invitation=invitation).exists():
        return
    SignupEvent.objects.bulk_create(noted, ignore_conflicts=True)


def activated(tenant: Tenant, *, at: datetime) -> None:
    """The first administrator is in."""
    if SignupEvent.objects.filter(tenant=tenant, stage=Stage.ACTIVATED).exists():
        return
    opening = Opening.objects.filter(tenant=tenant).select_related("signup__invitation").first()
    signup = getattr(opening, "signup", None)
    reached(Stage.ACTIVATED, at=at, signup=signup, tenant=tenant)


def counts(*, since: datetime | None = None, until: datetime | None = None, wave: str | None = None) -> dict[str, int]:
    """How many reached each stage in the time given, in the order of the stages."""
    events = SignupEvent.objects.all()
    if since:
        events = events.filter(at__gte=since)
    if until:
        events = events.filter(at__lt=until)
    if wave is not None:
        events = events.filter(wave=wave)
    found = dict(events.values_list("stage").annotate(number=Count("pk")).order_by())
    return {stage: found.get(stage, 0) for stage in Stage.values}
