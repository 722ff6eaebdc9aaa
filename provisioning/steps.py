"""The screens of a sign-up in their order, one idea on each."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from provisioning.models import Signup


@dataclass(frozen=True)
class Step:
    """`name` is the last part of its address. `label` is what the progress line shows, `question` the page's title."""

    name: str
    label: str | Promise
    question: str | Promise


STEPS = (
    Step("name", _("名称"), _("你的单位叫什么？")),
    Step("kind", _("类型"), _("属于哪一类单位？")),
    Step("credit-code", _("信用代码"), _("统一社会信用代码是多少？")),
    Step("place", _("地区规模"), _("在哪里，有多少党员？")),
    Step("contact", _("联系人"), _("由谁来管理这个空间？")),
    Step("code", _("验证"), _("请输入邮件里的验证码")),
    Step("address", _("网址"), _("选一个网址")),
    Step("notice", _("告知"), _("我们如何对待你们的信息")),
    Step("confirm", _("确认"), _("核对一遍，就可以开通")),
)
BY_NAME = {step.name: step for step in STEPS}


def place_of(name: str) -> int:
    """Which screen it is, counted from 1."""
    return [step.name for step in STEPS].index(name) + 1


def next_of(signup: Signup | None) -> str:
    """The first screen that has no answer yet; `confirm` when all have."""
    if signup is None:
        return STEPS[0].name
    return next((step.name for step in STEPS if not signup.has_answered(step.name)), "confirm")


def is_reachable(signup: Signup | None, name: str) -> bool:
    """Whether every screen before this one is answered."""
    return place_of(name) <= place_of(next_of(signup))
