"""What the public site may ask of the control schema."""

from datetime import datetime, timedelta

from provisioning.models import Opening, Signup
from tenants.models import Domain, Tenant

# A worker takes a job within two seconds; after this long it is not running.
WORKER_PATIENCE = timedelta(seconds=20)
GONE = (Tenant.State.PURGED, Tenant.State.ARCHIVED)


def organisation_has_workspace(credit_code: str) -> bool:
    """Whether a unified social credit code already stands behind a workspace."""
    return Tenant.objects.filter(credit_code=credit_code).exclude(state__in=GONE).exists()


def is_free(slug: str) -> bool:
    """Whether nobody has this address. A purged workspace keeps its own, so that old links lead to nobody else."""
    return not (Tenant.objects.filter(slug=slug).exists() or Domain.objects.filter(domain=slug).exists())


def signup_of(token: str) -> Signup | None:
    """The sign-up a browser holds the token of."""
    return Signup.objects.select_related("opening__tenant", "invitation").filter(token=token).first()


def workspaces_of(email: str) -> list[Tenant]:
    """The serving workspaces that were opened with this contact address, oldest first."""
    openings = Opening.objects.filter(admin_email__iexact=email, tenant__state__in=Tenant.SERVING)
    return [opening.tenant for opening in openings.select_related("tenant").order_by("pk")]


def worker_seems_away(signup: Signup, *, at: datetime) -> bool:
    """Whether an opening waits longer than a running worker would let it."""
    opening = signup.opening
    if not opening or not signup.confirmed_at or opening.attempts:
        return False
    return at - signup.confirmed_at > WORKER_PATIENCE
