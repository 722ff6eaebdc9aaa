"""Two entries of one person become one: everything goes to the one that stays, the other is put aside."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import router, transaction
from django.db.models.deletion import Collector
from django.utils.translation import gettext

from shared.clock import today
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.audit.changes import diff
from workspace.members.actions.events.projecting import project
from workspace.members.actions.events.registering import events_of
from workspace.members.actions.events.writing import write
from workspace.members.actions.merging import refusals
from workspace.members.actions.merging.keeping import rows_as_text
from workspace.members.actions.merging.planning import Plan, plan
from workspace.members.actions.records import BY_EVENT, happenings, who_changed
from workspace.members.followers import Meeting, mentions
from workspace.members.models import Batch, Event, Member, Row
from workspace.members.queries.masking import MASKS
from workspace.members.queries.merges import merged_away

# What happened to the person, whichever entry it was written on; all else says where an entry stood.
_OF_THE_PERSON = (
    Event.Kind.HONOURED,
    Event.Kind.APPRAISED,
    Event.Kind.HELPED,
    Event.Kind.DISCIPLINED,
    Event.Kind.DISCIPLINE_ENDED,
)


@transaction.atomic
def merge(kept: Member, gone: Member, *, choices: Mapping[str, str], seen: str, by: User, at: datetime) -> Batch:
    """`choices` say for a column which entry's value stays; `seen` is `Plan.seen` of the preview.

    Raises SamePerson, AlreadyMerged, LookAgain, InTheWay, Unforeseen, and an EventRefused.
    """
    mine, theirs = _locked(kept, gone)
    planned = plan(mine, theirs)
    if planned.seen != seen:
        raise refusals.LookAgain(who=who_changed(max(mine, theirs, key=lambda each: each.updated_at)))
    if planned.refusals:
        raise refusals.InTheWay(why=" ".join(planned.refusals))
    values = planned.values(choices)
    events_of([mine])  # a first event, where there is none yet
    undo: dict[str, Any] = {"gone": rows_as_text([theirs]), "kept": rows_as_text([mine])}
    standing = set(mine.events.values_list("pk", flat=True))
    undo |= _go_along(planned, by=by, at=at)
    _remove(theirs, mine, by=by)
    told = _take_over(mine, theirs, values, by=by, at=at)
    own = set(mine.events.values_list("pk", flat=True))
    undo["made"] = sorted(own - standing - {each["pk"] for each in undo["events"]})
    undo["own"] = sorted(own)
    undo["after"] = mine.updated_at.isoformat()
    made = _keep(planned, undo, by=by, at=at)
    details = {"merge": made.pk, "other": theirs.pk, "changed": told, "moved": made.counts}
    audit.record("member.merged", of=mine, by=by, details=details)
    return made


def _locked(kept: Member, gone: Member) -> tuple[Member, Member]:
    if kept.pk == gone.pk:
        raise refusals.SamePerson
    both = Member.objects.select_for_update(of=("self",)).select_related("unit").order_by("pk")
    found = {row.pk: row for row in both.filter(pk__in=[kept.pk, gone.pk])}
    for each in (kept, gone):
        if each.pk not in found:
            away = merged_away(each.pk)
            raise refusals.AlreadyMerged(who=away.batch.by_name if away else gettext("别人"))
    return found[kept.pk], found[gone.pk]


def _go_along(planned: Plan, *, by: User, at: datetime) -> dict[str, Any]:
    """Give every row its place; what was done, to be undone."""
    kept, gone = planned.kept, planned.gone
    moved: dict[str, list[Any]] = {}
    dropped: list[Any] = []
    for fate in planned.fates:
        strand, name = fate.strand, fate.strand.field.name
        losers = [row.pk for row in fate.losers]
        if fate.left:
            losers = list(strand.rows(gone.pk).values_list("pk", flat=True))
        if losers:
            lost = strand.model._base_manager.filter(pk__in=losers)
            _refuse_more(list(lost), besides=set())
            dropped += rows_as_text(lost.order_by("pk"))
            lost.delete()
        rows = strand.rows(gone.pk)
        moved[strand.key] = list(rows.values_list("pk", flat=True))
        to = None if strand.follower.meeting == Meeting.LEFT_OUT else kept
        if moved[strand.key] and strand.model is not Event:
            rows.update(**{name: to})
    return {
        "moved": {key: keys for key, keys in moved.items() if keys},
        "dropped": dropped,
        "events": _take_events(kept, gone, by=by, at=at),
        "mentions": _rename(kept, gone),
    }


def _take_events(kept: Member, gone: Member, *, by: User, at: datetime) -> list[Any]:
    """What happened to the person holds on; where the other entry stood is crossed out. Returns them as they were."""
    theirs = list(gone.events.order_by("pk"))
    before = rows_as_text(theirs)
    known = {(each.kind, each.on, str(each.details)) for each in kept.events.standing()}
    for event in theirs:
        event.member = kept
        twice = (event.kind, event.on, str(event.details)) in known
        if event.is_standing and (twice or event.kind not in _OF_THE_PERSON):
            event.voided_at, event.voided_by = at, by
            event.voided_for = gettext("合并重复登记：以保留的登记为准")
    Event.objects.bulk_update(theirs, ["member", "voided_at", "voided_by", "voided_for"])
    return before


def _rename(kept: Member, gone: Member) -> list[Any]:
    """Keys of the entry that goes, inside JSON: [which, row, before, after]."""
    done = []
    for each in mentions():
        for row in each.rows(gone.pk):
            before = getattr(row, each.field)
            after = each.renamed(before, gone.pk, kept.pk)
            type(row)._base_manager.filter(pk=row.pk).update(**{each.field: after})
            done.append([each.key, row.pk, before, after])
    return done


def _remove(gone: Member, kept: Member, *, by: User) -> None:
    """Nothing may hang on it any more: a deletion must take nothing along."""
    audit.record("member.merged_away", of=gone, by=by, details={"into": kept.pk})
    _refuse_more([gone], besides={Member})
    Member.objects.filter(pk=gone.pk).delete()


def _refuse_more(rows: list[Any], *, besides: set[Any]) -> None:
    """Raises Unforeseen where deleting these rows would delete others."""
    own = {type(row) for row in rows} | besides
    collector = Collector(using=router.db_for_write(Member))
    collector.collect(rows)
    more: dict[str, int] = defaultdict(int)
    for model, found in collector.data.items():
        if model not in own:
            more[str(model._meta.verbose_name)] += len(found)
    for rest in collector.fast_deletes:
        queued: Any = rest
        if queued.model not in own and (number := queued.count()):
            more[str(queued.model._meta.verbose_name)] += number
    if more:
        raise refusals.Unforeseen(what="、".join(sorted(more)))


def _take_over(mine: Member, theirs: Member, values: dict[str, Any], *, by: User, at: datetime) -> dict[str, Any]:
    """Columns of the other entry, its account; where the person stands through events. Returns before and after."""
    told = diff({name: getattr(mine, name) for name in values}, values, says=MASKS)
    happened = list(happenings(mine, values, basis=gettext("合并重复登记"), on=today()))
    plain = [name for name in values if name not in BY_EVENT]
    for name in plain:
        setattr(mine, name, values[name])
    if theirs.user_id and not mine.user_id:
        mine.user_id = theirs.user_id
        plain.append("user")
    mine.save(update_fields=[*plain, "updated_at"])
    if happened:
        write(mine, happened, by=by, at=at)
    else:
        project(mine, events_of([mine])[mine.pk])
    return told


def _keep(planned: Plan, undo: dict[str, Any], *, by: User, at: datetime) -> Batch:
    moved = {fate.strand.key: fate.going for fate in planned.fates if fate.going}
    made = Batch.objects.create(
        kind=Batch.Kind.MERGE,
        file_name=gettext("合并重复登记"),
        by=by,
        by_name=by.name,
        state=Batch.State.DONE,
        counts=moved,
        done=1,
        total=1,
        started_at=at,
        finished_at=at,
    )
    gone = planned.gone
    Row.objects.create(
        batch=made,
        number=1,
        verdict=Row.Verdict.UPDATED,
        outcome=Row.Outcome.DONE,
        member=planned.kept,
        values={"removed": gone.pk, "name": gone.name, "unit": gone.unit_id},
        before=undo,
    )
    return made
