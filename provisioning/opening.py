"""Open a workspace: reserve, then steps that each run once, in an order a kill cannot break."""

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import structlog
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from provisioning import funnel, template
from provisioning.models import Opening, OpeningStep
from shared.clock import now
from shared.queue import later
from shared.refusals import Refusal
from shared.workspace import absolute_url
from tenants import context, lifecycle, schemas
from tenants.models import Domain, Tenant
from workspace import seeding

log = structlog.get_logger(__name__)
LEASE = timedelta(seconds=60)
# As long as the activation link itself serves.
Step = OpeningStep.Name


class SlugTaken(Refusal):
    message = _("网址 {slug} 已被使用，请换一个。")


class AlreadyRunning(Refusal):
    message = _("这个工作空间正在开通，请稍候。")


class Superseded(Exception):
    """Another worker took the opening over while this one stood still; whatever this one was doing is undone."""


@transaction.atomic
def reserve(
    *,
    name: str,
    slug: str,
    kind: str,
    admin_name: str,
    admin_email: str,
    admin_phone: str = "",
    by: str,
    region: str = "",
    credit_code: str = "",
    stated_members: int = 0,
) -> Opening:
    """Take the slug and write down what is to be opened. Of two that claim one slug at once, one gets SlugTaken.

    Raises ValidationError for a slug or name that is not well formed.
    """
    tenant = Tenant(
        name=name, slug=slug, kind=kind, region=region, credit_code=credit_code, stated_members=stated_members
    )
    # Uniqueness is the database's to judge: asked beforehand, two at once would both hear yes.
    tenant.full_clean(validate_unique=False)
    try:
        with transaction.atomic():
            tenant.save()
    except IntegrityError as error:
        raise SlugTaken(slug=slug) from error
    lifecycle.move(tenant, to=Tenant.State.VERIFIED, by=by)
    lifecycle.move(tenant, to=Tenant.State.PROVISIONING, by=by)
    return Opening.objects.create(
        tenant=tenant, admin_name=admin_name, admin_email=admin_email, admin_phone=admin_phone, requested_by=by
    )


def run(opening: Opening) -> Opening:
    """Do the steps that are not done yet. Called again after a failure or a kill, it continues where it stood.

    Raises AlreadyRunning while another worker holds the lease, Superseded where one took it over; a step's own error
    is kept on the row and raised.
    """
    _lease(opening)
    try:
        for name, work in _STEPS:
            _do(opening, name, work)
        _finish(opening)
    except Superseded:
        raise
    except Exception as error:
        # A lost connection says no to this as well; the lease then runs out by itself, and the first error is shown.
        with suppress(DatabaseError):
            _fail(opening, error)
        raise
    opening.refresh_from_db()
    return opening


def _lease(opening: Opening) -> None:
    instant = now()
    taken = (
        Opening.objects.filter(pk=opening.pk)
        .filter(Q(lease_until__isnull=True) | Q(lease_until__lt=instant))
        .update(lease_until=instant + LEASE, attempts=F("attempts") + 1)
    )
    if not taken:
        raise AlreadyRunning
    opening.refresh_from_db()
    opening.tenant.refresh_from_db()
    if opening.tenant.state == Tenant.State.FAILED:
        lifecycle.move(opening.tenant, to=Tenant.State.PROVISIONING, by="platform")


def _hold(opening: Opening) -> None:
    """Lock the row for this transaction and renew the lease. `attempts` is the fence: a later attempt wins."""
    held = Opening.objects.select_for_update().filter(pk=opening.pk, attempts=opening.attempts)
    if not held.values_list("pk", flat=True).first():
        raise Superseded
    Opening.objects.filter(pk=opening.pk).update(lease_until=now() + LEASE)


def _do(opening: Opening, name: str, work: Callable[[Opening], None]) -> None:
    with transaction.atomic():
        # The row is there from the moment the step begins, so that the progress page shows what is being done.
        step, _created = OpeningStep.objects.get_or_create(opening=opening, name=name, defaults={"started_at": now()})
    if step.finished_at:
        return
    begun = time.perf_counter()
    # The step's work and the row that says it is done commit together, so no step runs twice.
    with transaction.atomic():
        _hold(opening)
        work(opening)
        step.milliseconds = round((time.perf_counter() - begun) * 1000)
        step.finished_at = now()
        step.save(update_fields=["milliseconds", "finished_at"])
    log.info("opening_step", step=name, milliseconds=step.milliseconds, tenant=str(opening.tenant.uuid))


@transaction.atomic
def _finish(opening: Opening) -> None:
    """Once: the second time round there is nobody left to tell."""
    instant = now()
    first = Opening.objects.filter(pk=opening.pk, finished_at__isnull=True).update(finished_at=instant)
    Opening.objects.filter(pk=opening.pk).update(lease_until=None, error="")
    if first:
        opening.tenant.refresh_from_db()
        funnel.reached(funnel.Stage.OPENED, at=instant, signup=getattr(opening, "signup", None), tenant=opening.tenant)
        if getattr(opening, "signup", None):
            later("provisioning.mail_activation", opening_id=opening.pk)


@transaction.atomic
def _fail(opening: Opening, error: Exception) -> None:
    Opening.objects.filter(pk=opening.pk).update(error=f"{type(error).__name__}: {error}"[:2000], lease_until=None)
    # Asked of the database: in memory the tenant may be ahead of a step that was undone.
    opening.tenant.refresh_from_db()
    if opening.tenant.state == Tenant.State.PROVISIONING:
        lifecycle.move(opening.tenant, to=Tenant.State.FAILED, by="platform", reason=type(error).__name__)


def _schema(opening: Opening) -> None:
    schemas.create(opening.tenant.schema_name)


def _tables(opening: Opening) -> None:
    made = template.release()
    with context.inside(opening.tenant):
        template.replay(made)
    opening.tenant.migration_head = made.head
    opening.tenant.save(update_fields=["migration_head"])


def _seed(opening: Opening) -> None:
    with context.inside(opening.tenant) as workspace:
        seeding.seed(
            seeding.Start(
                workspace=workspace,
                admin_name=opening.admin_name,
                admin_email=opening.admin_email,
                admin_phone=opening.admin_phone,
            )
        )


def _domain(opening: Opening) -> None:
    Domain.objects.get_or_create(domain=opening.tenant.slug, defaults={"tenant": opening.tenant, "is_primary": True})


def _activate(opening: Opening) -> None:
    lifecycle.move(opening.tenant, to=Tenant.State.ACTIVE, by="platform")
    opening.tenant.activated_at = now()
    opening.tenant.save(update_fields=["activated_at"])


_STEPS: tuple[tuple[str, Callable[[Opening], None]], ...] = (
    (Step.SCHEMA, _schema),
    (Step.TABLES, _tables),
    (Step.SEED, _seed),
    (Step.DOMAIN, _domain),
    (Step.ACTIVATE, _activate),
)


def activation_url(opening: Opening) -> str:
    """Where the first administrator sets a password; empty once they have, or before there is anybody.

    Made inside the workspace when it is asked for and kept nowhere: whoever reads the control schema finds no way in.
    """
    if not opening.finished_at:
        return ""
    with context.inside(opening.tenant):
        path = seeding.activation_path(opening.admin_email)
    return absolute_url(opening.tenant.slug, path) if path else ""
