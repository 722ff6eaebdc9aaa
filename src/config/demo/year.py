"""A year of organisation life: what was held and who came, what was decided and done, and what was missed."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from rules import EventKind
from workspace.accounts.models import User
from workspace.activities.actions.obligations import reassess, renew_many
from workspace.activities.models import Activity, CheckIn, Minutes, Participation, Resolution
from workspace.members.models import Member
from workspace.organization.models import Unit

Kind = EventKind
THEMES = (
    "重温入党誓词",
    "学习党章党规",
    "安全生产大家谈",
    "志愿服务进社区",
    "技术攻关党员先锋岗",
    "红色教育基地参观",
    "我为群众办实事",
    "青年党员分享会",
    "廉洁警示教育",
    "节能降耗金点子",
    "师带徒结对",
    "年度工作盘点",
)
TASKS = (
    "梳理攻关清单并公示",
    "走访困难党员",
    "完善支部学习角",
    "汇总群众意见并答复",
    "完成示范岗挂牌",
    "整理上季度会议记录",
)
WORDS = (
    "会议由{host}主持，应到{expected}人，实到{present}人。会上学习了有关文件，围绕「{theme}」进行了讨论，并形成决议。"
)


@dataclass
class _Held:
    """One activity of the past with everything that hangs on it."""

    activity: Activity
    roll: list[Member]
    came: list[tuple[Member, str]] = field(default_factory=list)
    theme: str = ""


def live(branches: list[Unit], *, by: User, at: datetime, seed: int = 11) -> None:
    """Write the year up to the instant, and what is planned after it."""
    rng = random.Random(seed)  # noqa: S311 - repeatable on purpose, and no secret
    today = timezone.localdate(at)
    held = [one for branch in branches for one in _branch_year(branch, rng, today, by)]
    held.extend(_committee_year(Unit.objects.get(depth=1), rng, today, by))
    _write(held, rng, today)
    _plan_ahead(branches, rng, today, by)
    units = list(Unit.objects.all())
    begun = _month_start(today, 12)
    for year in sorted({begun.year, today.year}):
        renew_many(units, year=year, on=today, since=max(begun, date(year, 1, 1)))
        reassess(units, year=year, on=today)


def _branch_year(branch: Unit, rng: random.Random, today: date, by: User) -> Iterator[_Held]:
    members = list(Member.objects.filter(unit=branch, category__in=Member.MEMBERS))
    committee = list(Member.objects.filter(appointments__unit=branch, appointments__until__isnull=True).distinct())
    diligence = rng.uniform(0.84, 0.99)
    for back in range(12, -1, -1):
        first = _month_start(today, back)
        day = first + timedelta(days=rng.randrange(8, 22))
        if day >= today:
            continue
        if rng.random() < diligence:
            kinds = _kinds(first.month, rng)
            yield _held(branch, rng, day, kinds, members, by, turnout=rng.uniform(0.74, 0.97))
        if len(committee) > 1 and rng.random() < diligence:
            earlier = first + timedelta(days=rng.randrange(1, 7))
            if earlier < today:
                yield _held(branch, rng, earlier, [Kind.COMMITTEE_MEETING], committee, by, turnout=0.95)


def _committee_year(root: Unit, rng: random.Random, today: date, by: User) -> Iterator[_Held]:
    """The committee above: study every quarter, party building on its table every half year, a lecture, its plan."""
    secretaries = list(Member.objects.filter(appointments__post="secretary", appointments__until__isnull=True))
    for back in range(12, -1, -1):
        first = _month_start(today, back)
        kinds = [Kind.THEORY_STUDY] if first.month % 3 == 2 else []
        if first.month in {5, 10}:
            kinds.append(Kind.RESPONSIBILITY_STUDY)
        if first.month == 1:
            kinds.extend((Kind.YEARLY_PLAN, Kind.WORK_REPORT))
        if first.month == 7:
            kinds.append(Kind.LECTURE)
        day = first + timedelta(days=rng.randrange(3, 20))
        if kinds and day < today:
            yield _held(root, rng, day, kinds, secretaries, by, turnout=0.95)


def _kinds(month: int, rng: random.Random) -> list[Kind]:
    kinds = [Kind.PARTY_DAY]
    if month % 3 == 2:
        kinds.append(Kind.GENERAL_MEETING)
    if month in {6, 9} or rng.random() < 0.15:
        kinds.append(Kind.LECTURE)
    if month == 1:
        kinds.extend((Kind.ORGANISATION_LIFE_MEETING, Kind.APPRAISAL))
    if rng.random() < 0.2:
        kinds.append(Kind.VOLUNTEER_SERVICE)
    return kinds


def _held(
    branch: Unit, rng: random.Random, day: date, kinds: list[Kind], roll: list[Member], by: User, *, turnout: float
) -> _Held:
    starts = timezone.make_aware(datetime.combine(day, time(rng.choice((9, 14, 15)), rng.choice((0, 30)))))
    ends = starts + timedelta(minutes=rng.choice((60, 90, 120)))
    # Most records are closed within the seven days, some are late.
    closed = ends + timedelta(days=rng.choice((0, 0, 1, 2, 3, 5, 12)), hours=2)
    theme = THEMES[(day.month - 1) % len(THEMES)]
    online = rng.random() < 0.3
    activity = Activity(
        unit=branch,
        title=f"{day.month}月{kinds[0].label}：{theme}"
        if kinds[0] is Kind.PARTY_DAY
        else f"{day.month}月{kinds[0].label}",
        kinds=[kind.value for kind in kinds],
        audience=Activity.Audience.COMMITTEE if kinds == [Kind.COMMITTEE_MEETING] else Activity.Audience.MEMBERS,
        starts_at=starts,
        ends_at=ends,
        place=rng.choice(("党员活动室", "二楼会议室", "培训中心", "厂区广场")),
        online_url="https://meeting.example/room" if online else "",
        host=_host(branch, roll, rng),
        agenda="一、学习文件\n二、交流讨论\n三、形成决议",
        preparation="请提前阅读学习材料。" if online else "",
        check_in_seed=f"{rng.getrandbits(128):032x}",
        check_in_opened_at=starts - timedelta(minutes=15),
        check_in_closed_at=ends,
        notified_at=starts - timedelta(days=3),
        created_by=by,
    )
    if timezone.localdate(closed) <= timezone.localdate():
        activity.recorded_at = activity.closed_at = closed
        activity.closed_by = by
        activity.report = "会议按期召开，记录完整。"
    methods = ("qr", "qr", "qr", "code", "manual", *(("remote",) if online else ()))
    came = [
        (member, rng.choice(methods)) for member in roll if rng.random() < turnout * (0.6 if member.is_exempt else 1)
    ]
    return _Held(activity, roll, came, theme)


def _host(branch: Unit, roll: list[Member], rng: random.Random) -> str:
    """Mostly the secretary; sometimes somebody else of those present."""
    holder = branch.appointments.filter(post="secretary", until__isnull=True).select_related("member").first()
    if holder and rng.random() < 0.85:
        return str(holder.member.name)
    return roll[0].name if roll else ""


def _write(held: list[_Held], rng: random.Random, today: date) -> None:
    Activity.objects.bulk_create([one.activity for one in held], batch_size=500)
    rows, check_ins, minutes = [], [], []
    resolutions: list[Resolution] = []
    for one in held:
        here = {member.pk for member, _method in one.came}
        for member in one.roll:
            answer = "coming" if member.pk in here and rng.random() < 0.7 else ""
            if member.pk not in here and rng.random() < 0.6:
                answer = "excused"
            rows.append(_participation(one.activity, member, answer, rng, member.pk in here))
        for member, method in one.came:
            at = one.activity.starts_at + timedelta(minutes=rng.randrange(-10, 8))
            reason = "手机没电，现场登记" if method == "manual" else ""
            check_ins.append(CheckIn(activity=one.activity, member=member, method=method, at=at, reason=reason))
        text = WORDS.format(
            host=one.activity.host, expected=len(one.roll), present=len(one.came), theme=one.theme or one.activity.title
        )
        minutes.append(Minutes(activity=one.activity, text=text))
        resolutions.extend(_resolutions(one, rng, today))
    Participation.objects.bulk_create(rows, batch_size=2000)
    CheckIn.objects.bulk_create(check_ins, batch_size=2000)
    Minutes.objects.bulk_create(minutes, batch_size=1000)
    Resolution.objects.bulk_create(resolutions, batch_size=1000)


def _participation(activity: Activity, member: Member, answer: str, rng: random.Random, present: bool) -> Participation:
    row = Participation(activity=activity, member=member, answer=answer)
    if answer:
        row.answered_at = activity.starts_at - timedelta(hours=rng.randrange(4, 60))
    if answer == "excused":
        row.reason = rng.choice(("出差", "值班", "生病", "家中有事"))
    if present and activity.online_url and rng.random() < 0.3:
        row.remark = rng.choice(("收获很大", "希望多组织现场教学", "建议下次提前发材料"))
        row.remarked_at = activity.ends_at + timedelta(hours=rng.randrange(1, 40))
    return row


def _resolutions(one: _Held, rng: random.Random, today: date) -> Iterator[Resolution]:
    if not one.roll or rng.random() < 0.45:
        return
    due = timezone.localdate(one.activity.starts_at) + timedelta(days=rng.choice((14, 30, 45)))
    row = Resolution(activity=one.activity, text=rng.choice(TASKS), owner=rng.choice(one.roll), due=due)
    done = due - timedelta(days=rng.randrange(-6, 12))
    if done < today and rng.random() < 0.88:
        row.done_at = timezone.make_aware(datetime.combine(done, time(17)))
        row.done_note = "已完成"
    yield row


def _plan_ahead(branches: list[Unit], rng: random.Random, today: date, by: User) -> None:
    activities = []
    for branch in branches[1::2]:
        starts = timezone.make_aware(datetime.combine(today + timedelta(days=rng.randrange(1, 12)), time(14, 30)))
        activities.append(
            Activity(
                unit=branch,
                title="主题党日：" + rng.choice(THEMES),
                kinds=[Kind.PARTY_DAY.value],
                starts_at=starts,
                ends_at=starts + timedelta(minutes=90),
                place="党员活动室",
                agenda="一、学习文件\n二、交流讨论",
                check_in_seed=f"{rng.getrandbits(128):032x}",
                notified_at=starts - timedelta(days=1) if rng.random() < 0.5 else None,
                created_by=by,
            )
        )
    made = Activity.objects.bulk_create(activities)
    members = Member.objects.filter(unit__in=[activity.unit_id for activity in made], category__in=Member.MEMBERS)
    by_unit: dict[int, list[Member]] = {}
    for member in members:
        by_unit.setdefault(member.unit_id, []).append(member)
    Participation.objects.bulk_create(
        [Participation(activity=one, member=member) for one in made for member in by_unit.get(one.unit_id, [])]
    )


def _month_start(today: date, back: int) -> date:
    months = today.year * 12 + today.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)
