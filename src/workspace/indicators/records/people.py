"""Members behind a figure, by unit and name."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shared.components import Column
from workspace.access.queries import units_where
from workspace.accounts.models import User
from workspace.development.models import Case
from workspace.indicators import links
from workspace.indicators.figures import growth
from workspace.indicators.reach import Reach
from workspace.indicators.records.listing import Listing, Source
from workspace.indicators.values import Text
from workspace.members.models import Appointment, Member

_ON_THE_WAY = (
    Member.Category.APPLICANT,
    Member.Category.ACTIVIST,
    Member.Category.DEVELOPMENT_OBJECT,
    Member.Category.PROBATIONARY,
)


def in_span(title: Text, field: str) -> Source:
    """Members whose date in that field lies in the span."""

    def listing(reach: Reach, user: User) -> Listing:
        span = Q(**{f"{field}__gte": reach.first, f"{field}__lte": reach.until})
        return _members(title, reach, user, span & Q(category__in=Member.MEMBERS))

    return listing


def overdue(reach: Reach, user: User) -> Listing:
    """Probationary members whose time is over."""
    return _members(_("预备期满未转正"), reach, user, growth.overdue(reach.until))


def on_the_way(reach: Reach, user: User) -> Listing:
    """Those before full membership, and those who were admitted or converted in the span."""
    in_span = {"gte": reach.first, "lte": reach.until}
    admitted = Q(**{f"joined_on__{word}": day for word, day in in_span.items()})
    converted = Q(**{f"converted_on__{word}": day for word, day in in_span.items()})
    return _members(_("发展党员情况"), reach, user, Q(category__in=_ON_THE_WAY) | admitted | converted)


def in_cases(reach: Reach, user: User) -> Listing:
    """Those with an open development case."""
    return _members(_("在培养"), reach, user, Q(development_cases__state=Case.State.OPEN))


def in_late_cases(reach: Reach, user: User) -> Listing:
    """Those whose case has a step that is past its day."""
    late = Case.objects.overdue(reach.on).below(reach.unit)
    return _members(_("25 步超期节点"), reach, user, Q(pk__in=late.values("member")))


def secretaries(reach: Reach, user: User) -> Listing:
    """Who is secretary of which unit, in tree order."""
    rows = (
        Appointment.objects.current(reach.on)
        .filter(post=Appointment.Post.SECRETARY, unit__in=units_where(user, "member.view").below(reach.unit).order_by())
        .select_related("unit", "member")
        .order_by("unit__path")
    )
    return Listing(
        title=_("第一责任人"),
        rows=rows,
        columns=[
            Column(
                name="member",
                label=_("姓名"),
                value=lambda row: row.member.name,
                link=lambda row: links.member(row.member_id),
            ),
            Column(
                name="unit",
                label=_("党组织"),
                value=lambda row: str(row.unit),
                link=lambda row: links.unit(row.unit_id),
            ),
            Column(name="since", label=_("任职日期"), kind="date"),
        ],
    )


def _members(title: Text, reach: Reach, user: User, narrow: Q) -> Listing:
    seen = units_where(user, "member.view").below(reach.unit).order_by()
    rows = Member.objects.present().filter(narrow, unit__in=seen).select_related("unit")
    return Listing(
        title=title,
        rows=rows.order_by("unit__path", "pinyin", "pk"),
        columns=[
            Column(name="name", label=_("姓名"), sort="pinyin", link=lambda row: links.member(row.pk)),
            Column(name="unit", label=_("党支部"), value=lambda row: str(row.unit), sort="unit__path"),
            Column(name="own", label=_("个人发展"), value=lambda row: _("查看"), link=lambda row: links.person(row.pk)),
            Column(name="category", label=_("人员类别"), value=lambda row: row.get_category_display(), sort="category"),
            Column(name="joined_on", label=_("入党日期"), sort="joined_on", kind="date"),
            Column(name="converted_on", label=_("转正日期"), sort="converted_on", kind="date"),
        ],
    )
