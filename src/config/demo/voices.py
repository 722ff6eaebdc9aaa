"""A year of the demo's questions and ideas: who asked, who answered, what became of it, and what still waits."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from workspace.access.models import Grant, Role
from workspace.accounts.models import User
from workspace.members.models import Appointment, Member
from workspace.organization.models import Unit
from workspace.voice.models import ANSWER_WITHIN, Reply, Topic

# kind, title, more, answer
SAID: tuple[tuple[str, str, str, str], ...] = (
    ("question", "组织关系转到外地怎么办理？", "预计一年以上。", "在外六个月以上且地点固定的应当转出，请来支部办理。"),
    ("question", "预备期满要提交哪些材料？", "下个月预备期满。", "请在期满前一周提交转正申请书和思想汇报。"),
    ("question", "调休的同志怎么补上党课？", "倒班同志经常赶不上。", "每月增加一次晚班专场，提前三天通知。"),
    ("question", "党费可以按季度一起交吗？", "常驻外地，每月跑一趟不方便。", "可以由本人按季度交纳，不能由单位代扣。"),
    ("question", "志愿服务可以带家属参加吗？", "", "可以，报名时写明人数，方便准备物资。"),
    ("question", "退休后组织关系留在原支部吗？", "", "一般转到居住地社区，也可以商量保留，请来支部当面说明情况。"),
    ("question", "支部换届什么时候开始？", "", "本届任期明年三月届满，提前六个月报上级党委请示。"),
    ("question", "活动室周末能不能开放？", "想约着一起读书。", "从本月起周六上午开放，钥匙在值班室登记领取。"),
    ("question", "新同志的入党介绍人怎么确定？", "", "由支部指定两名正式党员，可以本人提出意向。"),
    ("question", "民主评议的结果什么时候公布？", "", "支部大会后一周内向本人反馈。"),
    ("idea", "把会议资料提前两天发出来", "现场读材料时间太长，讨论时间不够。", "同意，今后至少提前两天发到活动页。"),
    ("idea", "设立党员技术攻关小组", "车间有三项老大难问题。", "已与生产部门商量，先从刀具损耗这一项做起。"),
    ("idea", "主题党日多去现场", "去产线和客户那里看，比坐在会议室有收获。", "每季度至少安排一次现场教学。"),
    ("idea", "给一线班组配学习角", "放几本书和宣传册就行。", "先在两个班组试点，效果好再推开。"),
    ("idea", "老党员带新人结对", "", "已排出结对名单，每月至少谈一次。"),
    ("idea", "减少一次重复的报表", "同一份名单一个月填了三次。", "名单以系统为准，不再另外收表。"),
    ("idea", "食堂设立党员监督岗", "", "与后勤商量后设立，每周轮值。"),
    ("idea", "节假日慰问改为送服务上门", "", "经支委会讨论，今年先结合志愿服务开展。"),
    ("idea", "建一个内部讲师名单", "同事里有不少能讲的。", "欢迎报名，已有六人登记。"),
    ("idea", "每月公布一次支部工作安排", "", "从下月起每月第一周公布。"),
)  # fmt: skip
REMARKS = ("支持！", "我们支部也有同样的情况。", "谢谢答复，清楚了。", "可以一起参与。", "建议也考虑倒班的同志。")
TOPICS = 40
OPEN, OVERDUE = 4, 2
ACCOUNTS_A_BRANCH = 3


@dataclass(frozen=True)
class _Branch:
    unit: Unit
    answers: User
    people: list[User]


def speak(branches: list[Unit], *, at: datetime, seed: int = 31) -> None:
    """Give a few members of each branch an account, and write what they asked during the year."""
    rng = random.Random(seed)  # noqa: S311 - repeatable on purpose, and no secret
    places = [place for branch in branches if (place := _place(branch))]
    replies: list[Reply] = []
    topics = []
    for number in range(TOPICS):
        place = places[number % len(places)]
        topic, said = _topic(number, place, rng, at)
        topics.append(topic)
        replies.extend(said)
    Topic.objects.bulk_create(topics)
    Reply.objects.bulk_create(replies)


def _place(branch: Unit) -> _Branch | None:
    holder = Appointment.objects.filter(unit=branch, post=Appointment.Post.SECRETARY, until=None).first()
    if holder is None or holder.member.user is None:
        return None
    members = list(
        Member.objects.present()
        .filter(unit=branch, user=None, appointments=None, category=Member.Category.FULL)
        .order_by("-pk")[:ACCOUNTS_A_BRANCH]
    )
    people = []
    for member in members:
        user = User(username=f"dy{member.pk}", name=member.name)
        user.set_unusable_password()
        people.append(user)
    User.objects.bulk_create(people)
    Grant.objects.bulk_create(Grant(user=user, role=Role.MEMBER, unit=branch) for user in people)
    for member, user in zip(members, people, strict=True):
        member.user = user
    Member.objects.bulk_update(members, ["user"])
    return _Branch(branch, holder.member.user, people)


def _topic(number: int, place: _Branch, rng: random.Random, at: datetime) -> tuple[Topic, list[Reply]]:
    kind, title, text, words = SAID[number % len(SAID)]
    days_ago = _days_ago(number, rng)
    asked = at - timedelta(days=days_ago, hours=rng.randrange(1, 9))
    topic = Topic(
        unit=place.unit,
        kind=kind,
        title=title,
        text=text,
        by=place.people[number % len(place.people)],
        asked_at=asked,
        due=timezone.localdate(asked) + ANSWER_WITHIN,
    )
    said = []
    for speaker in rng.sample(place.people, rng.randrange(0, len(place.people) + 1)):
        remark = rng.choice(REMARKS)
        said.append(Reply(topic=topic, text=remark, by=speaker, at=asked + timedelta(hours=rng.randrange(2, 20))))
    if number >= OPEN + OVERDUE:
        _settle(topic, words, place, rng, said)
    return topic, said


def _days_ago(number: int, rng: random.Random) -> int:
    """The first few are new, the next ones too old to be open still, the rest lie in the year."""
    if number < OPEN:
        return number + 1
    return 10 + number if number < OPEN + OVERDUE else rng.randrange(14, 350)


def _settle(topic: Topic, words: str, place: _Branch, rng: random.Random, said: list[Reply]) -> None:
    answered = topic.asked_at + timedelta(days=rng.choice((1, 1, 2, 2, 3, 4, 5, 6, 9)), hours=2)
    topic.answered_at = answered
    said.append(Reply(topic=topic, text=words, by=place.answers, at=answered, is_answer=True))
    if topic.kind == Topic.Kind.IDEA and rng.random() < 0.85:
        topic.decision_reason = words
        if rng.random() < 0.75:
            topic.adopted_at = answered
        else:
            topic.declined_at = answered
            topic.decision_reason = "条件还不具备，列入明年再议。"
