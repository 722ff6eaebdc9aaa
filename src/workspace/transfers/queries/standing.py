"""One transfer in words: its facts, and what people should see to before it is accepted."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from shared.identity import mask_citizen_number
from workspace.access.models import Grant, Role
from workspace.members.models import Appointment
from workspace.transfers.models import Transfer
from workspace.transfers.models.letterhead import Letterhead


def facts(transfer: Transfer) -> list[tuple[str, str]]:
    """(label, text) of what the letter says; personal numbers masked."""
    found = [
        (_("姓名"), transfer.person_name),
        (_("类别"), str(transfer.get_kind_display())),
        (_("转出党组织"), transfer.origin_name),
        (_("转入党组织"), transfer.destination_name),
        (_("原因"), str(transfer.get_reason_display())),
        (_("编号"), transfer.number),
        (_("开具日期"), f"{transfer.issued_on:%Y-%m-%d}"),
        (_("有效期至"), f"{transfer.expires_on:%Y-%m-%d}（{transfer.valid_days}{_('天')}）"),
        (_("党费交至"), f"{transfer.paid_until:%Y-%m}" if transfer.paid_until else ""),
        (_("开具人"), transfer.issued_by.name if transfer.issued_by else ""),
        *_of_newcomer(transfer),
        (_("办结日期"), f"{transfer.closed_on:%Y-%m-%d}" if transfer.closed_on else ""),
        (_("办理人"), transfer.closed_by.name if transfer.closed_by else ""),
        (_("说明"), transfer.remark),
    ]
    return [(label, text) for label, text in found if text]


def _of_newcomer(transfer: Transfer) -> list[tuple[str, str]]:
    came = transfer.arriving
    if came is None:
        return []
    category = dict(_categories())[came.category]
    return [
        (_("人员类别"), str(category)),
        (_("公民身份号码"), mask_citizen_number(came.citizen_number) if came.citizen_number else ""),
        (_("入党日期"), f"{came.joined_on:%Y-%m-%d}" if came.joined_on else ""),
        (_("转正日期"), f"{came.converted_on:%Y-%m-%d}" if came.converted_on else ""),
    ]


def _categories() -> list[tuple[str, Any]]:
    from workspace.members.models import Member

    return list(Member.Category.choices)


def left_behind(transfer: Transfer) -> list[str]:
    """Posts and roles in the branch that somebody is leaving: people end them, acceptance does not."""
    member, origin = transfer.member, transfer.origin
    if member is None or origin is None:
        return []
    posts = Appointment.objects.current().filter(member=member, unit=origin)
    found = [_("职务：{post}").format(post=held.get_post_display()) for held in posts]
    if member.user_id:
        roles = Grant.objects.filter(user=member.user_id, unit=origin).exclude(role=Role.MEMBER)
        found += [_("系统角色：{role}").format(role=held.get_role_display()) for held in roles]
    return found


def differences(typed: Mapping[str, Any], transfer: Transfer, labels: Mapping[str, str]) -> list[tuple[str, str]]:
    """(label, what the letter says now) where it is not what somebody typed."""
    found = []
    for name, value in typed.items():
        if isinstance(value, Letterhead):
            found += [
                (labels[part], getattr(transfer.head, part) or "—")
                for part in labels
                if hasattr(value, part) and getattr(value, part) != getattr(transfer.head, part)
            ]
        elif (now := getattr(transfer, name)) != value:
            found.append((labels[name], str(now or "—")))
    return found
