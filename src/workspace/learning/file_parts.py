"""What a personal file says of learning: certified hours, year by year."""

from datetime import date

from django.db.models import Count, Sum
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext_lazy as _

from workspace.learning.models import StudyRecord
from workspace.members.file_parts import Part, register
from workspace.members.models import Member


def announce() -> None:
    """Called once, when the application starts."""
    register(
        Part(
            name="study",
            label=_("学时（按年度）"),
            verb="learning.change",
            keys=("year", "hours", "records"),
            columns=(_("年度"), _("学时"), _("记录")),
            rows=_rows,
            order=60,
        )
    )


def _rows(member: Member, on: date) -> list[list[str]]:
    found = StudyRecord.objects.filter(member=member, on__lte=on).annotate(year=ExtractYear("on")).order_by("-year")
    by_year = found.values_list("year").annotate(hours=Sum("hours"), records=Count("pk"))
    return [[str(year), str(hours), str(records)] for year, hours, records in by_year]
