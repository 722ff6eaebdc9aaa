"""Open a workspace: reserve, then steps that each run once, in an order a kill cannot break."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from provisioning import funnel, saga, template
from provisioning.models import Opening, OpeningStep
from shared.clock import now
from shared.queue import later
from shared.refusals import Refusal
from shared.workspace import absolute_url
from tenants import context, lifecycle, schemas
from tenants.models import Domain, Tenant
from workspace import seeding

Step = OpeningStep.Name


class SlugTaken(Refusal):
    message = _("网址 {slug} 已被使用，请换一个。")


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
    """Do the steps that are not done yet; see `saga.run` for what it raises."""
    saga.run(opening, _STEPS, begin=_begin, finish=_finish, fail=_fail)
    return opening


def _begin(opening: Opening) -> None:
    opening.tenant.refresh_from_db()
    if opening.tenant.state == Tenant.State.FAILED:
        lifecycle.move(opening.tenant, to=Tenant.State.PROVISIONING, by="platform")


def _finish(opening: Opening) -> None:
    opening.tenant.refresh_from_db()
    funnel.reached(funnel.Stage.OPENED, at=now(), signup=getattr(opening, "signup", None), tenant=opening.tenant)
    if getattr(opening, "signup", None):
        later("provisioning.mail_activation", opening_id=opening.pk)


def _fail(opening: Opening, error: Exception) -> None:
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


_STEPS: saga.Steps = (
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
