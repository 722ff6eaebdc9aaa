"""What stands in the console's side navigation."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from console.models import Proposal
from console.queries import proposals, restorings
from shared import navigation
from tenants.models import Tenant


def failed_openings(request: HttpRequest) -> int:
    """The alarm beside the entry: openings that stand failed."""
    return Tenant.objects.filter(state=Tenant.State.FAILED).count()


def waiting_proposals(request: HttpRequest) -> int:
    """Ends that wait for a second operator."""
    return sum(verb not in Proposal.OF_CONTENT for verb in _proposed(request))


def restorings_to_see_to(request: HttpRequest) -> int:
    """What waits for a second operator, and what has not come to an end."""
    return sum(verb in Proposal.OF_CONTENT for verb in _proposed(request)) + restorings.unfinished().count()


def _proposed(request: HttpRequest) -> list[str]:
    """The verbs that wait; asked once a page."""
    known: list[str] | None = request.__dict__.get("_proposed")
    if known is None:
        known = request.__dict__["_proposed"] = list(proposals.waiting().values_list("verb", flat=True))
    return known


def register() -> None:
    """Called once, when the application starts. The first four are a phone's tabs."""
    entries = (
        ("home", _("推广总览"), "layout-dashboard", None),
        ("workspaces", _("工作空间"), "building-community", None),
        ("openings", _("开通记录"), "rocket", failed_openings),
        ("invitations", _("邀请"), "send", None),
        ("closings", _("关闭空间"), "archive", waiting_proposals),
        ("restorings", _("恢复与复制"), "arrow-back-up", restorings_to_see_to),
        ("fleet", _("版本与升级"), "stack-2", None),
        ("health", _("运行状况"), "server", None),
        ("entries", _("运营记录"), "history", None),
    )
    for order, (name, label, icon, count) in enumerate(entries, start=1):
        navigation.register(
            area="console", name=name, label=label, icon=icon, url_name=f"console:{name}", order=order, count=count
        )
