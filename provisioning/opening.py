"""Open a workspace: reserve its address, then out of the warm pool in one transaction, or step by step without one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NotRequired, TypedDict, Unpack

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from provisioning import funnel, image, laying, pool, saga, template
from provisioning.models import Opening, OpeningStep, Signup
from shared.clock import now, today
from shared.queue import later, later_in
from shared.refusals import Refusal
from shared.script import Script, violated_table
from shared.workspace import absolute_url
from tenants import addresses, context, lifecycle, schemas
from tenants.models import Tenant
from workspace import seeding

Step = OpeningStep.Name
_MAIL = "provisioning.mail_activation"


class SlugTaken(Refusal):
    message = _("网址 {slug} 已被使用，请换一个。")


class Asked(TypedDict):
    """What is asked for. `by` is who asks: `sign-up 17`, `command line`, an operator's user name."""

    name: str
    slug: str
    kind: str
    admin_name: str
    admin_email: str
    by: str
    admin_phone: NotRequired[str]
    region: NotRequired[str]  # GB/T 2260 province code
    credit_code: NotRequired[str]
    stated_members: NotRequired[int]  # people


@transaction.atomic
def reserve(**asked: Unpack[Asked]) -> Opening:
    """Take the slug and write down what is to be opened; `run` does it.

    Of two that claim one slug at once, one gets SlugTaken. Raises ValidationError for a slug or name that is not well
    formed.
    """
    tenant = _tenant(asked, state=Tenant.State.PROVISIONING)
    with _slug_or_refusal(tenant), transaction.atomic():
        tenant.save()
    # After the insert: it has waited for a closing that was burying this very slug.
    if addresses.is_withheld(tenant.slug, of=tenant.uuid, at=now()):
        raise SlugTaken(slug=tenant.slug)
    lifecycle.begin(tenant, by=asked["by"])
    made = _opening(tenant, asked)
    made.save()
    return made


@transaction.atomic(savepoint=False)
def open_now(
    *,
    also: Callable[[Opening, Script], None] = lambda made, script: None,
    ticket: pool.Ticket = pool.NOBODYS,
    **asked: Unpack[Asked],
) -> Opening | None:
    """Reserve and open in the running transaction, out of the warm pool. None, and nothing done, where it is empty.

    Raises what `reserve` raises; then the running transaction, or its innermost savepoint, must be undone. Nobody else
    can know of the opening before it is done, so it takes no lease and has no rows of steps. Twenty people at once wait
    for each other's statements here: what can go out together does, and what the caller writes `also`. What the
    `ticket` is for has its rows already.
    """
    if not image.is_ready(asked["kind"], on=today()) or not (spare := pool.take(ticket)):
        return None
    instant = now()
    tenant = _tenant(
        asked,
        pk=spare.tenant_key,
        state=Tenant.State.ACTIVE,
        schema_name=spare.schema,
        migration_head=template.head(),
        activated_at=instant,
        **({"uuid": spare.uuid, "sealed_key": spare.sealed_key} if spare.uuid else {}),
    )
    tenant.seal()
    made = _opening(tenant, asked, pk=spare.opening_key, created_at=instant)
    if not spare.uuid:
        _seed(made)
    made.finished_at = now()
    edges = lifecycle.arrival(tenant, by=asked["by"])
    script = Script()
    script.insert(tenant, *edges, addresses.first_of(tenant), made)
    also(made, script)
    # Behind the insert: it has waited for a closing that was burying this very slug.
    withheld: list[Any] = []
    addresses.ask_withheld(script, tenant.slug, of=tenant.uuid, at=now(), then=withheld.append)
    with _slug_or_refusal(tenant):
        script.run()
    if withheld != [None]:
        raise SlugTaken(slug=tenant.slug)
    lifecycle.begun(edges[-1])
    return made


def _tenant(asked: Asked, **more: Any) -> Tenant:
    """Not saved. Raises ValidationError."""
    fields = ("name", "slug", "kind", "region", "credit_code", "stated_members")
    tenant = Tenant(**{field: asked[field] for field in fields if field in asked}, **more)  # type: ignore[literal-required]
    # Uniqueness is the database's to judge: asked beforehand, two at once would both hear yes.
    tenant.full_clean(validate_unique=False)
    return tenant


@contextmanager
def _slug_or_refusal(tenant: Tenant) -> Iterator[None]:
    """Around the insert of the tenant: SlugTaken where somebody else has the slug."""
    try:
        yield
    except IntegrityError as error:
        if violated_table(error) not in {"tenants_tenant", "tenants_domain"}:
            raise
        raise SlugTaken(slug=tenant.slug) from error


def _opening(tenant: Tenant, asked: Asked, **more: Any) -> Opening:
    return Opening(
        tenant=tenant,
        admin_name=asked["admin_name"],
        admin_email=asked["admin_email"],
        admin_phone=asked.get("admin_phone", ""),
        requested_by=asked["by"],
        **more,
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
    signup = Signup.objects.filter(opening=opening).first()
    funnel.reached(funnel.Stage.OPENED, at=now(), signup=signup, tenant=opening.tenant)
    if signup:
        mail_activation(opening)


def mail_activation(opening: Opening, script: Script | None = None) -> None:
    """Mail the first administrator the way in, once the transaction commits. A script may be who asks."""
    if script is None:
        later(_MAIL, opening_id=opening.pk)
    else:
        later_in(script, _MAIL, opening_id=opening.pk)


def _fail(opening: Opening, error: Exception) -> None:
    # Asked of the database: in memory the tenant may be ahead of a step that was undone.
    opening.tenant.refresh_from_db()
    if opening.tenant.state == Tenant.State.PROVISIONING:
        lifecycle.move(opening.tenant, to=Tenant.State.FAILED, by="platform", reason=type(error).__name__)


def _schema(opening: Opening) -> None:
    """A spare where there is one, else role, schema and tables made now."""
    tenant = opening.tenant
    if spare := pool.take():
        tenant.schema_name, tenant.migration_head = spare.schema, template.head()
    else:
        made = template.release()
        schemas.create(tenant.schema_name)
        with context.inside(tenant):
            template.replay(made)
        tenant.migration_head = made.head
    tenant.save(update_fields=["schema_name", "migration_head"])


def _seed(opening: Opening) -> None:
    tenant = opening.tenant
    start = seeding.Start(
        name=tenant.name,
        kind=tenant.kind,
        admin_name=opening.admin_name,
        admin_email=opening.admin_email,
        admin_phone=opening.admin_phone,
    )
    laying.furnish(tenant, start)


def _activate(opening: Opening) -> None:
    addresses.give(opening.tenant)
    opening.tenant.activated_at = now()
    lifecycle.move(opening.tenant, to=Tenant.State.ACTIVE, by="platform", also=["activated_at"])


_STEPS: saga.Steps = ((Step.SCHEMA, _schema), (Step.SEED, _seed), (Step.ACTIVATE, _activate))


def activation_url(opening: Opening) -> str:
    """Where the first administrator sets a password; empty once they have, or before there is anybody.

    Made inside the workspace when it is asked for and kept nowhere: whoever reads the control schema finds no way in.
    """
    if not opening.finished_at:
        return ""
    with context.inside(opening.tenant):
        path = seeding.activation_path(opening.admin_email)
    return absolute_url(opening.tenant.slug, path) if path else ""
