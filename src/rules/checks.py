"""Everything odd about an organisation on a day: its shape, its term, and a temporary one that stayed."""

from dataclasses import replace
from datetime import date

from rules.elections import Term, term
from rules.hints import LOUDEST_FIRST, Hint, structure_hints
from rules.rulebook import rulebook
from rules.structure import Structure, UnitType
from rules.workdays import add_months


def findings(
    structure: Structure,
    *,
    on: date,
    elected_on: date | None = None,
    in_village_or_community: bool = False,
    postponed_to: date | None = None,
) -> list[Hint]:
    """What people should look at, loudest first. Nothing is a verdict. `postponed_to`: the next election, as approved
    by the level above."""
    found = structure_hints(structure, on=on)
    if elected_on:
        village = in_village_or_community and structure.unit_type.is_branch
        of = _term_of(structure.unit_type, elected_on, village=village)
        found += _term_over(of.moved(postponed_to), on) if of else []
    found += _overdue_temporary(structure, on)
    return sorted(found, key=lambda hint: LOUDEST_FIRST.index(hint.severity))


def conversion_hints(structure: Structure, *, on: date) -> list[Hint]:
    """What speaks against an organisation of this type and size: the checks of its shape, and too few for a committee.

    The size that a new organisation asks for is known; who will lead it is not.
    """
    found = structure_hints(replace(structure, secretaries=None), on=on)
    rule = rulebook().get("committee.threshold", on=on)
    limit = rule.integer("minimum_members")
    if structure.unit_type is UnitType.COMMITTEE and structure.members < limit:
        found.append(
            Hint(
                rule=rule,
                found=structure.members,
                limit=limit,
                message=f"党员{structure.members}人，不足{limit}人，一般不设党委。",
                message_en=f"{structure.members} members, fewer than {limit}: usually no party committee.",
                advice="请核对人数；因工作需要设立的，保存上级党组织的批复。",
                advice_en="Check the number; if there is another reason, keep the approval from above.",
            )
        )
    return found


def _term_of(unit_type: UnitType, elected_on: date, *, village: bool) -> Term | None:
    """A temporary organisation has no term."""
    if unit_type.is_temporary or unit_type is UnitType.GROUP:
        return None
    return term(unit_type, elected_on, in_village_or_community=village)


def _term_over(of: Term, on: date) -> list[Hint]:
    if not of.is_over(on):
        return []
    months = (on.year - of.ends.year) * 12 + on.month - of.ends.month
    return [
        Hint(
            rule=of.rule,
            found=months,
            limit=0,
            message=f"任期已于{of.ends.isoformat()}届满，尚未登记换届。",
            message_en=f"The term ended on {of.ends.isoformat()} and no election is on record.",
            advice="请按期换届；经上级批准延期的，写明批复。已经换届的，登记本届选举日期。",
            advice_en="Hold the election; if it was postponed, keep the approval. If it was held, enter its day.",
        )
    ]


def _overdue_temporary(structure: Structure, on: date) -> list[Hint]:
    if structure.created_on is None or not structure.unit_type.is_temporary:
        return []
    rule = rulebook().get("temporary.review", on=on)
    limit = rule.integer("months")
    if on < add_months(structure.created_on, limit):
        return []
    months = (on.year - structure.created_on.year) * 12 + on.month - structure.created_on.month
    return [
        Hint(
            rule=rule,
            found=months,
            limit=limit,
            message=f"临时党组织成立已{months}个月，请核对是否还需要。",
            message_en=f"The temporary organisation is {months} months old: is it still needed?",
            advice="任务已经结束的，撤销并把党员转回；还要继续的，写明理由暂不提醒，或改设为正式党支部。",
            advice_en="If its task is done, close it; if it goes on, put this off with a reason, or make it a branch.",
        )
    ]
