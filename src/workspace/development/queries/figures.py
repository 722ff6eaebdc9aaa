"""Figures about cases, by the path of the unit: for dashboards and for the yearly plan."""

from collections import Counter, defaultdict
from datetime import date

from django.db.models import Count, Max

import rules
from rules import AdmissionStage
from workspace.development.models import Case, CaseQuerySet, Quota, Step
from workspace.members.models import Member
from workspace.organization.models import Unit


def stages(under: Unit) -> dict[str, dict[AdmissionStage, int]]:
    """Open cases by unit path and stage. One query."""
    rows = (
        Case.objects.open()
        .below(under)
        .order_by()
        .values_list("member__unit__path", "stage")
        .annotate(cases=Count("pk"))
    )
    found: dict[str, dict[AdmissionStage, int]] = defaultdict(dict)
    for path, stage, cases in rows:
        found[path][AdmissionStage(stage)] = cases
    return dict(found)


def near(under: Unit) -> dict[str, int]:
    """By unit path: development objects with an open case, who could be admitted this year. One query."""
    return _by_path(Case.objects.open().below(under).filter(member__category=Member.Category.DEVELOPMENT_OBJECT))


def overdue(under: Unit, *, on: date) -> dict[str, tuple[int, int]]:
    """By unit path: open cases with a step that is overdue, and all open cases. Two queries."""
    every = _by_path(Case.objects.open().below(under))
    late = _by_path(Case.objects.overdue(on).below(under))
    return {path: (late.get(path, 0), cases) for path, cases in every.items()}


def _by_path(cases: CaseQuerySet) -> dict[str, int]:
    return dict(cases.order_by().values_list("member__unit__path").annotate(cases=Count("pk")))


def approved_in_time(under: Unit, *, first: date, last: date) -> dict[str, tuple[int, int]]:
    """By unit path: admissions and conversions approved in the span, as (within three months of the meeting, all).

    The meeting that counts is the last one before the approval. One query.
    """
    months = rules.get("admission.approval").integer("months")
    kinds = {"approval": "general_meeting", "conversion_approval": "conversion_meeting"}
    rows = (
        Step.objects.filter(case__member__unit__path__startswith=under.path, outcome="passed", on__isnull=False)
        .filter(code__in=[*kinds], on__gte=first, on__lte=last)
        .values_list("case__member__unit__path", "case", "code", "on")
    )
    given = list(rows)
    held: dict[tuple[int, str], list[date]] = defaultdict(list)
    meetings = Step.objects.filter(case__in={row[1] for row in given}, code__in=[*kinds.values()], on__isnull=False)
    for case, code, on in meetings.values_list("case", "code", "on"):
        if on:
            held[case, code].append(on)
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for path, case, code, on in given:
        before = [day for day in held[case, kinds[code]] if on and day <= on]
        if on and before:
            found[path][0] += on <= rules.add_months(max(before), months)
            found[path][1] += 1
    return {path: (timely, every) for path, (timely, every) in found.items()}


def admitted(under: Unit, year: int) -> dict[str, int]:
    """By unit path: people admitted in the year, by the day of the general meeting that an approval stands behind."""
    passed = Step.objects.filter(case__member__unit__path__startswith=under.path, outcome="passed").order_by()
    # A meeting that was held again because approval failed counts once, on the day that led to the approval.
    meetings = (
        passed.filter(case__in=passed.filter(code="approval").values("case"), code="general_meeting")
        .values_list("case", "case__member__unit__path")
        .annotate(day=Max("on"))
    )
    return dict(Counter(path for _case, path, day in meetings if day and day.year == year))


def quota_of(unit: Unit, year: int) -> int | None:
    """What the unit may admit by its own plan."""
    return Quota.objects.filter(unit=unit, year=year).values_list("admissions", flat=True).first()


def contact_of(member_pk: int) -> int:
    """How many open cases name this member as a contact or introducer."""
    named = Step.objects.filter(code__in=["contacts", "introducers"], details__people__contains=[{"member": member_pk}])
    return named.filter(case__state=Case.State.OPEN).values("case").distinct().count()
