from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True, kw_only=True)
class Job:
    """Work longer than a second, as its bar shows it. The view behind `url` returns the bar alone until it ends.

    `state` is one of waiting, running, done, failed, cancelled. `total` of 0 means: not known yet.
    """

    label: str
    url: str
    state: str = "waiting"
    step: str = ""
    done: int = 0
    total: int = 0
    message: str = ""
    cancel_url: str = ""
    result_url: str = ""
    result_label: str = ""
    every_s: int = 1

    @property
    def ended(self) -> bool:
        return self.state in {"done", "failed", "cancelled"}

    @property
    def percent(self) -> int | None:
        if self.state == "done":
            return 100
        return min(100, 100 * self.done // self.total) if self.total else None

    @property
    def words(self) -> str:
        states = {
            "waiting": _("排队中"),
            "running": self.step or _("进行中"),
            "done": _("已完成"),
            "failed": _("未完成"),
            "cancelled": _("已取消"),
        }
        return states[self.state]

    @property
    def announcement(self) -> str:
        """What a screen reader hears: the step, and quarters rather than every percent."""
        if self.ended or self.percent is None:
            return f"{self.label}：{self.words}"
        return f"{self.label}：{self.words} {self.percent // 25 * 25}%"
