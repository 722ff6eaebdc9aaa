"""Take an import back: created members go, replaced values return, and what is newer is never harmed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Field, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shared.refusals import NotAllowed, Refusal
from workspace.access.queries import units_where
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.members.actions.imports.correcting import uncorrect
from workspace.members.actions.imports.judging import ROWS_AT_ONCE
from workspace.members.actions.imports.opening import open_and_locked
from workspace.members.importing.columns import BY_NAME
from workspace.members.models import Batch, Event, Member, Row
from workspace.members.queries.facts import label_of


class NotUndoable(Refusal):
    message = _("这批导入还没有完成，或已经撤销过。")


class NewerDepends(Refusal):
    message = _("有 {count} 人在导入之后又有了新的变化，不能整批撤销。可以保留他们，撤销其余的人。")


class OutOfReach(NotAllowed):
    message = _("这批导入里有您已无权导入的党组织的人员，请联系单位管理员撤销。")


_SPEAKS_OF = {
    "members": _("任职记录"),
    "activities": _("组织生活记录"),
    "dues": _("党费记录"),
    "learning": _("学习记录"),
    "voice": _("建言记录"),
    "transfers": _("组织关系转接"),
}


_OF_CREATED = ("number", "before", "batch_id", "member__name", "member__unit_id", "member__updated_at")


@dataclass(frozen=True)
class Kept:
    """A row that cannot be taken back, and why."""

    row: Row
    why: str


@dataclass(frozen=True)
class Plan:
    """What undoing would do: members to remove, members to set back, rows that are in the way."""

    remove: list[Row]
    restore: list[Row]
    kept: list[Kept]


def plan(batch: Batch) -> Plan:
    """Look, without changing anything. Raises NotUndoable."""
    if batch.state != Batch.State.DONE:
        raise NotUndoable
    there = batch.rows.filter(outcome=Row.Outcome.DONE, member__isnull=False).select_related("member")
    # Of those who go, as good as nothing is needed; they may be twenty thousand.
    new = there.filter(before__has_key="created")
    created = list(new.only(*_OF_CREATED))
    replaced = there.exclude(before={}).exclude(before__has_key="created")
    used = _used(new.order_by().values("member_id"))
    rows = sorted((*created, *replaced), key=lambda row: row.number)
    remove: list[Row] = []
    restore: list[Row] = []
    kept: list[Kept] = []
    for row in rows:
        if row.member is None:
            continue
        why = _newer(row, row.member, used)
        if why:
            kept.append(Kept(row, why))
        else:
            (remove if "created" in row.before else restore).append(row)
    return Plan(remove, restore, kept)


@transaction.atomic
def undo(batch: Batch, *, keep_newer: bool, by: User, at: datetime) -> Plan:
    """Take the import back. Raises NotUndoable, OutOfReach, and NewerDepends unless `keep_newer`."""
    now = Batch.objects.select_for_update(of=("self",)).defer("source").get(pk=batch.pk)
    planned = plan(now)
    # Who opened a batch may since have lost the branch that it filled.
    touched = {row.member.unit_id for row in (*planned.remove, *planned.restore) if row.member}
    if touched - set(units_where(by, "member.import").values_list("pk", flat=True)):
        raise OutOfReach
    if planned.kept and not keep_newer:
        raise NewerDepends(count=len(planned.kept))
    _restore(planned.restore, now, by=by, at=at)
    _remove(planned.remove, now, by=by)
    now.rows.filter(pk__in=[kept.row.pk for kept in planned.kept]).update(outcome=Row.Outcome.KEPT)
    now.state, now.undone_at, now.undone_by_name = Batch.State.UNDONE, at, by.name
    now.save(update_fields=["state", "undone_at", "undone_by_name"])
    counts = {"removed": len(planned.remove), "restored": len(planned.restore), "kept": len(planned.kept)}
    audit.record("members.import_undone", of=now, by=by, details=counts)
    return planned


@transaction.atomic
def drop(batch: Batch, *, by: User) -> None:
    """Give up an import that has not begun: its rows and its file go. Raises NotOpen."""
    now = open_and_locked(batch)
    now.rows.all().delete()
    now.state, now.source = Batch.State.DROPPED, None
    now.save(update_fields=["state", "source"])
    audit.record("members.import_dropped", of=now, by=by)


def _restore(rows: list[Row], batch: Batch, *, by: User, at: datetime) -> None:
    members, fields = [], {"updated_at"}
    for row in rows:
        member = row.member
        assert member is not None  # noqa: S101  the plan left out the others
        for name, old in row.before["old"].items():
            setattr(member, name, _column(name).to_python(old))
            fields.add(name)
        member.updated_at, row.outcome = at, Row.Outcome.UNDONE
        members.append(member)
    if members:
        Member.objects.bulk_update(members, fields, batch_size=ROWS_AT_ONCE)
        Row.objects.rewrite(rows, ["outcome"])
        uncorrect(members, batch, by=by, at=at)
        audit.record_many("member.import_undone", of=members, by=by, details=[{"file": batch.file_name}] * len(members))


def _remove(rows: list[Row], batch: Batch, *, by: User) -> None:
    members = [row.member for row in rows if row.member]
    audit.record_many("member.import_undone", of=members, by=by, details=[{"file": batch.file_name}] * len(members))
    batch.rows.filter(pk__in=[row.pk for row in rows]).update(outcome=Row.Outcome.UNDONE, member=None)
    Member.objects.filter(pk__in=[member.pk for member in members]).delete()


def _newer(row: Row, member: Member, used: dict[int, str]) -> str:
    """Why this row must stay; empty when nothing depends on it."""
    if "created" in row.before:
        if member.pk in used:
            return used[member.pk]
        return gettext("导入后资料又被修改过") if member.updated_at.isoformat() != row.before["created"] else ""
    changed = [name for name, new in row.before["new"].items() if _plain(getattr(member, name)) != new]
    labels = "、".join(label_of(BY_NAME[name]) for name in changed)
    return gettext("导入后又改过：{columns}").format(columns=labels) if changed else ""


def _used(wanted: "QuerySet[Row, Any]") -> dict[int, str]:
    """Members that something else speaks of: an account, a post, an activity, dues, …"""
    found = {
        pk: gettext("已关联账号")
        for pk in Member.objects.filter(pk__in=wanted, user__isnull=False).values_list("pk", flat=True)
    }
    for relation in Member._meta.related_objects:
        if relation.related_model is Row:
            continue
        name = relation.field.name
        others = relation.related_model._base_manager.filter(**{f"{name}__in": wanted})
        what = _SPEAKS_OF.get(relation.related_model._meta.app_label, _("其他记录"))
        if relation.related_model is Event:
            # The registration came with the import and goes with it.
            others, what = others.exclude(kind=Event.Kind.REGISTERED), _("党员事件记录")
        for pk in others.values_list(name, flat=True).distinct():
            found.setdefault(pk, gettext("已有{what}").format(what=what))
    return found


def _column(name: str) -> "Field[Any, Any]":
    found = Member._meta.get_field(name)
    assert isinstance(found, Field)  # noqa: S101  names come from columns
    return found


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
