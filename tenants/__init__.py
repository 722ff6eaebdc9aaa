"""Who our customers are, and the walls between them. `tenants.context.inside(tenant)` is the only door."""
