"""Whether a workspace's schema could be placed on another machine by Citus, told without Citus (tenancy.md §4).

`statements.lint` reads the DDL of a release, `catalogue.lint` an opened schema. Both return findings; none means that
the rules hold. What Citus itself would say was tried by hand: `infra/citus/README.md`.
"""

from tenants.citus.findings import Excuses, Finding, Rule

__all__ = ["Excuses", "Finding", "Rule"]
