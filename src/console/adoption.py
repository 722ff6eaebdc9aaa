"""How far a workspace came in, and how well it uses the platform: pure functions of its counts (product.md §6)."""

from console.models import Stage, Step
from workspace.usage import Usage

ENOUGH_MEMBERS = 0.8  # of those stated at sign-up
STEADY_MONTHS = 3
STRONG_QUARTERS = 2


def has_members(usage: Usage, stated: int) -> bool:
    """Whether at least 80 % of the stated members are on the register; any member where none were stated."""
    return usage.members > 0 and usage.members >= ENOUGH_MEMBERS * stated


def stage(usage: Usage, *, stated: int) -> Stage:
    """The last stage reached without a gap: a workspace that skipped one stands before it."""
    reached = (
        (Stage.ACTIVATED, usage.activated > 0),
        (Stage.TREE, "tree" in usage.ticks),
        (Stage.MEMBERS, has_members(usage, stated)),
        (Stage.MEETING, "meeting" in usage.ticks),
        (Stage.WEEKLY, usage.active_week > 0),
    )
    last = Stage.OPENED
    for each, holds in reached:
        if not holds:
            break
        last = each
    return last


def step(usage: Usage, *, stated: int) -> Step:
    """The rung of the ladder. Each asks for all that those below it ask."""
    climbs = (
        (Step.PROVISIONED, usage.activated > 0),
        (Step.CAN_USE, "tree" in usage.ticks and has_members(usage, stated) and usage.activities > 0),
        (Step.REALLY_USES, usage.steady_months >= STEADY_MONTHS),
        (Step.USES_WELL, usage.strong_quarters >= STRONG_QUARTERS),
    )
    rung = Step.NONE
    for each, holds in climbs:
        if not holds:
            break
        rung = each
    return rung


def is_activated(usage: Usage, *, stated: int) -> bool:
    """The sign-up metric: the members are in, and one meeting saw a real check-in."""
    return has_members(usage, stated) and usage.check_ins > 0
