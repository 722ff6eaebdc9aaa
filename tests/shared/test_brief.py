"""An error in one line, without a person in it."""

import pytest
from django.utils.translation import gettext_lazy as _

from shared.refusals import Refusal
from shared.reporting import BRIEF_CHARS, brief


class AlreadyThere(Refusal):
    message = _("{member}已在{unit}。")


SAID = [
    (ValueError("no such row"), "ValueError: no such row"),
    (ValueError(), "ValueError"),
    (KeyError("王伟"), "KeyError: …"),
    (ValueError('invalid input for type integer: "张三丰"'), "ValueError: invalid input for type integer: …"),
    (ValueError("请先填写王伟的手机号"), "ValueError: …"),
    (ValueError("not 13800000000, 110101199003070011"), "ValueError: not [removed], [removed]"),
    (ValueError("a.b@x.cn bounced"), "ValueError: [removed] bounced"),
    (ValueError("duplicate key\nDETAIL:  Key (name)=(wang wei) already exists."), "ValueError: duplicate key"),
    (ValueError("Key (phone)=(13800000000) is not present"), "ValueError: Key … is not present"),
    (AlreadyThere(member="王伟", unit="第一支部"), "AlreadyThere: {member}已在{unit}。"),
]


@pytest.mark.parametrize(("error", "said"), SAID)
def test_it_keeps_what_is_ours_and_drops_what_is_somebodys(error: Exception, said: str) -> None:
    assert brief(error) == said


def test_it_is_one_short_line() -> None:
    assert len(brief(ValueError("x" * 5_000))) == BRIEF_CHARS
