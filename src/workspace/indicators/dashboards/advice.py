"""Three suggestions from the weakest parts of vitality, each with a page where it begins."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workspace.indicators import links
from workspace.indicators.reach import Reach
from workspace.indicators.values import Attention

MOST = 3
ENOUGH = 0.9  # a part at or above this needs no advice

_ADVICE = {
    "regularity": gettext_lazy("把本月主题党日和到期的会议排进日历，提前一周发通知。"),
    "breadth": gettext_lazy("看看连续几个月没有来的党员有什么困难，换个时间或开通线上参会。"),
    "interaction": gettext_lazy("每次活动后请两三位党员留一句话，把提出的问题列进下次议程。"),
    "follow_through": gettext_lazy("给每条决议定责任人和期限，下次会议先过一遍落实情况。"),
    "link": gettext_lazy("线下活动提前发一份学习材料或一个思考题，会后请同一批人谈体会。"),
    "renewal": gettext_lazy("确定培养联系人，核对积极分子考察时间；让年轻党员承担一个新岗位。"),
}
_WHERE = {
    "regularity": "activities:obligations",
    "breadth": "activities:list",
    "interaction": "activities:list",
    "follow_through": "activities:resolutions",
    "link": "activities:new",
    "renewal": "members:register",
}


def advice(reach: Reach, rates: Mapping[str, float | None]) -> list[Attention]:
    """For the parts that stand lowest; none for what is well or not known."""
    weak = sorted((rate, key) for key, rate in rates.items() if rate is not None and rate < ENOUGH)
    return [
        Attention(
            text=str(_ADVICE[key]),
            place=str(reach.unit),
            url=links.to(_WHERE[key], unit=reach.unit.pk) or links.records("vitality", key, reach),
            act=_("从这里开始"),
            late=False,
        )
        for _rate, key in weak[:MOST]
    ]
