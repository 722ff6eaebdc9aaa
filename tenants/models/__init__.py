from tenants.models.anchor import Anchor
from tenants.models.domain import Domain
from tenants.models.event import TenantEvent
from tenants.models.tenant import Ring, Tenant
from tenants.models.tombstone import Tombstone

__all__ = ["Anchor", "Domain", "Ring", "Tenant", "TenantEvent", "Tombstone"]
