"""Imports that a person may see, and what stands in them."""

from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from shared.refusals import NotAllowed
from workspace.access.queries import may, units_where
from workspace.accounts.models import User
from workspace.members.importing.problems import Problem, Severity
from workspace.members.models import Batch, Row
from workspace.organization.models import Unit


class MayNotImport(NotAllowed):
    message = _("您没有导入党员的权限。请联系单位管理员。")


def may_import(user: User) -> User:
    """The same person. Raises MayNotImport unless they may import into some unit."""
    if not may(user, "member.import"):
        raise MayNotImport
    return user


def batches_for(user: User) -> QuerySet[Batch]:
    """One's own; all of them for who may import into the whole organisation. Newest first, without their files."""
    seen = Batch.objects.filter(kind=Batch.Kind.IMPORT).defer("source").order_by("-created_at", "-pk")
    whole = units_where(user, "member.import").filter(depth=1).exists()
    return seen if whole else seen.filter(by=user)


def batch_for(user: User, pk: int) -> Batch:
    """Http404 when it is not theirs to see, or when they may not import any more."""
    found = batches_for(user).filter(pk=pk).first()
    if found is None or not units_where(user, "member.import").exists():
        raise Http404
    return found


def tally(batch: Batch) -> dict[str, int]:
    """Rows by verdict; `warned` are good rows with a remark; `total` all of them."""
    found = dict(Row.objects.filter(batch=batch).values_list("verdict").annotate(n=Count("pk")))
    warned = Row.objects.filter(batch=batch).exclude(Q(verdict=Row.Verdict.PROBLEM) | Q(problems=[])).count()
    counts = {verdict: found.get(verdict, 0) for verdict in Row.Verdict.values}
    return counts | {"total": sum(found.values()), "warned": warned}


def problems_of(row: Row) -> list[Problem]:
    """As stored, errors first."""
    found = [
        Problem(p["field"], p["code"], Severity(p["severity"]), p["suggestion"], p["values"]) for p in row.problems
    ]
    return sorted(found, key=lambda problem: not problem.is_error)


def unknown_units(batch: Batch) -> list[tuple[str, int, str]]:
    """(name in the sheet, rows, closest known unit) for every unit name not understood, the most rows first."""
    tally: dict[str, tuple[int, str]] = {}
    rows = Row.objects.filter(batch=batch, verdict=Row.Verdict.PROBLEM).values_list("problems", flat=True)
    for problem in (p for problems in rows for p in problems if p["code"] in {"unknown_unit", "ambiguous_unit"}):
        text = problem["values"]["text"]
        tally[text] = (tally.get(text, (0, ""))[0] + 1, problem["suggestion"])
    return sorted(((text, n, hint) for text, (n, hint) in tally.items()), key=lambda one: -one[1])


def units_for_import(user: User | None) -> list[Unit]:
    """Open branches that this person may put members into, in tree order."""
    if user is None:
        return []
    return list(
        units_where(user, "member.import").filter(closed_on__isnull=True, type__in=Unit.BRANCHES).order_by("path")
    )
