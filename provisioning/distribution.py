"""Could every workspace of this release live on another machine? The Citus rules over the template (tenancy.md §4)."""

from provisioning import scratch, template
from tenants.citus import Excuses, Finding, catalogue, statements

EXCUSED: Excuses = {
    ("accounts_session", "session_key"): "Django's own random session key: no sequence stands behind it",
}


def findings() -> list[Finding]:
    """What breaks a rule, in the release's statements and in a workspace made of them. Empty when all hold."""
    made = template.release()
    found = statements.lint(made.statements, excused=EXCUSED)
    with scratch.workspace() as tenant:
        found += catalogue.lint(tenant.schema_name, excused=EXCUSED)
    return found
