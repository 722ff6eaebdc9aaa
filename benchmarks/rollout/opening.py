"""How the roll-out opens workspace number n: cold by its steps, warm out of the pool where this code has one."""

import time
from typing import Any

from provisioning import opening
from shared.clock import today
from tenants.models import Tenant

KIND = "hospital"


def slug(number: int) -> str:
    return f"unit-{number:05d}"


def asked(number: int) -> dict[str, Any]:
    return {
        "name": f"合作单位{number}",
        "slug": slug(number),
        "kind": KIND,
        "admin_name": "管理员",
        "admin_email": f"admin{number}@example.cn",
        "by": "bench",
    }


def has_pool() -> bool:
    """Whether this code opens out of a warm pool."""
    return hasattr(opening, "open_now")


def fill_pool(spares: int) -> None:
    """As the worker does every minute: today's seeds and this many spares."""
    from provisioning import image, pool

    image.prepare(on=today())
    pool.fill(spares)


def cold(number: int) -> Tenant:
    """Reserve and run. Cold only while the pool is empty."""
    return opening.run(opening.reserve(**asked(number))).tenant


def warm(number: int) -> Tenant | None:
    """Out of the pool, in one transaction; None while it is empty."""
    made = opening.open_now(**asked(number))
    return made.tenant if made else None


def opened(number: int) -> tuple[Tenant, float]:
    """The workspace, opened the quickest way there is, and the seconds that took: nought where it was there already.

    What a cut run left half opened is opened to its end.
    """
    begun = time.perf_counter()
    found = Tenant.objects.filter(slug=slug(number)).first()
    if found is not None and found.state == Tenant.State.ACTIVE:
        return found, 0.0
    if found is not None:
        return opening.run(found.opening).tenant, time.perf_counter() - begun
    return (warm(number) if has_pool() else None) or cold(number), time.perf_counter() - begun
