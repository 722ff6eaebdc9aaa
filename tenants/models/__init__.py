from tenants.models.domain import Domain
from tenants.models.event import TenantEvent
from tenants.models.tenant import Tenant

__all__ = ["Domain", "Tenant", "TenantEvent"]
