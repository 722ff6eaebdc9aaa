"""Two entries of one person are compared, merged and separated again, and nothing that stood on either is lost."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models

from shared.clock import now
from tenants import context
from tests.members.people import admit, branch
from tests.support.activities import on_record
from tests.support.cast import Cast
from workspace import portability
from workspace.activities.models import CheckIn, Participation
from workspace.audit.models import Entry
from workspace.development.models import Case, Step
from workspace.dues.models import Basis, Payment
from workspace.learning.models import StudyRecord
from workspace.members import followers
from workspace.members.actions import merging
from workspace.members.actions.events import happen, register_many
from workspace.members.actions.merging import undoing
from workspace.members.models import Appointment, Batch, Correction, Event, Member, Row
from workspace.members.standing import columns, derive
from workspace.transfers.models import Absence

NUMBER = "11010519491231002X"
JSON = {"content_type": "application/json"}
# What a merge leaves behind on purpose: the record, its own batch, messages; and who is signed in.
OWN = {"audit_entry", "members_batch", "members_row", "django_session", "accounts_session"}


def twins(cast: Cast, **facts: Any) -> tuple[Member, Member]:
    """One person twice: the first entry says less, the second says where the phone is and has a life behind it."""
    kept = admit(cast, birth_date=date(1980, 5, 1), phone="", job="教师", joined_on=date(2010, 7, 1), **facts)
    gone = admit(cast, birth_date=date(1980, 5, 1), phone="13812341234", citizen_number=NUMBER)
    with context.inside(cast.jia):
        register_many([kept, gone], on=date(2026, 1, 5), by=None, at=now())
        happen(gone, Event.Kind.HONOURED, on=date(2026, 6, 30), by=None, details={"title": "优秀共产党员"})
    return kept, gone


def a_life(gone: Member, kept: Member) -> None:
    """A row in every table that speaks of members, some of them on both entries."""
    unit = branch()
    meeting, talk = on_record(unit, date(2026, 5, 8), "party_day"), on_record(unit, date(2026, 6, 8), "lecture")
    for activity in (meeting, talk):
        Participation.objects.create(activity=activity, member=gone, answer="coming")
        CheckIn.objects.create(activity=activity, member=gone, method="manual", at=now())
    Participation.objects.create(activity=meeting, member=kept)
    Basis.objects.create(member=gone, payer="wage", monthly=Decimal("12.50"), since=date(2026, 1, 1))
    Payment.objects.create(member=gone, month=date(2026, 1, 1), amount=Decimal("12.50"), paid_on=date(2026, 1, 9))
    StudyRecord.objects.create(member=gone, on=date(2026, 3, 3), title="轮训", hours=Decimal(8), source="class")
    Appointment.objects.create(member=gone, unit=unit, post="youth", since=date(2026, 2, 1))
    Absence.objects.create(member=gone, kind="floating", since=date(2026, 3, 1), reason="work", contact_months=6)
    Correction.objects.create(member=gone, fields={"job": ["", "医生"]}, reason="换岗", asked_at=now())
    file = Batch.objects.create(file_name="名册.xlsx", by_name="李书记", state="done")
    Row.objects.create(batch=file, number=2, verdict="new", outcome="done", member=gone, before={"created": "…"})
    case = Case.objects.create(member=Member.objects.get(name="赵外人"), opened_on=date(2026, 1, 9))
    details = {"people": [{"name": "张三丰", "member": gone.pk}], "note": "两人"}
    Step.objects.create(case=case, code="contacts", on=date(2026, 2, 2), details=details)


def tables(cast: Cast) -> dict[str, Any]:
    with context.inside(cast.jia):
        found = {name: table for name, table in portability.digest().tables.items() if name not in OWN}
        imported = Row.objects.filter(batch__kind=Batch.Kind.IMPORT).order_by("pk")
        return found | {"import rows": list(imported.values())}


def referring(member: int) -> dict[str, int]:
    """As the database itself knows its foreign keys."""
    asked = """SELECT conrelid::regclass::text, attname FROM pg_constraint
        JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
        WHERE contype = 'f' AND confrelid = 'members_member'::regclass"""
    with connection.cursor() as cursor:
        cursor.execute(asked)
        found = {}
        for table, column in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM {table} WHERE "{column}" = %s', [member])
            found[f"{table}.{column}"] = cursor.fetchone()[0]
    return found


def merged(cast: Cast, kept: Member, gone: Member, **choices: str) -> Row:
    with context.inside(cast.jia):
        kept, gone = (Member.objects.select_related("unit").get(pk=each.pk) for each in (kept, gone))
        seen = merging.plan(kept, gone).seen
        made = merging.merge(kept, gone, choices=choices, seen=seen, by=cast.user("secretary"), at=now())
        return made.rows.get()


def test_every_foreign_key_to_a_member_is_a_strand(cast: Cast) -> None:
    keys = {
        f"{model._meta.label_lower}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.related_model is Member
    }
    assert {strand.key for strand in followers.strands()} == keys
    with context.inside(cast.jia):
        tables = {f"{each.model._meta.db_table}.{each.field.column}" for each in followers.strands()}
        assert tables == set(referring(0))


def test_everything_goes_along_and_comes_back_to_the_last_byte(cast: Cast) -> None:
    kept, gone = twins(cast)
    with context.inside(cast.jia):
        a_life(gone, kept)
        full = referring(gone.pk)
    # Nine tables at least, of every app that keeps something on members.
    assert sum(bool(number) for number in full.values()) >= 9
    before = tables(cast)
    row = merged(cast, kept, gone)
    with context.inside(cast.jia):
        assert not any(referring(gone.pk).values())
        assert not Member.objects.filter(pk=gone.pk).exists()
        now_kept = Member.objects.get(pk=kept.pk)
        assert (now_kept.phone, now_kept.citizen_number, now_kept.job) == ("13812341234", NUMBER, "教师")
        assert Participation.objects.filter(member=kept).count() == CheckIn.objects.filter(member=kept).count() == 2
        # Of the two lines of one list the fuller one stayed.
        assert set(Participation.objects.filter(member=kept).values_list("answer", flat=True)) == {"coming"}
        assert Step.objects.get(code="contacts").details["people"] == [{"name": "张三丰", "member": kept.pk}]
        honoured = now_kept.events.get(kind=Event.Kind.HONOURED)
        assert honoured.is_standing
        standing = derive(now_kept.events.standing())
        assert all(getattr(now_kept, name) == value for name, value in columns(standing).items())
        assert Member.objects.matching(NUMBER).get() == kept
        came_back = merging.undo(row, by=cast.user("secretary"), at=now())
        assert came_back.pk == gone.pk
    assert tables(cast) == before
    with context.inside(cast.jia):
        assert Row.objects.get(pk=row.pk).before == {}
        verbs = ["member.merged", "member.merged_away", "member.merge_undone"]
        assert set(Entry.objects.filter(verb__in=verbs).values_list("verb", flat=True)) == set(verbs)
        assert NUMBER not in str(list(Entry.objects.values_list("details", flat=True)))


def test_a_deletion_that_would_take_something_along_is_refused(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    kept, gone = twins(cast)
    with context.inside(cast.jia):
        a_life(gone, kept)
    known = followers.strands()
    less = [strand for strand in known if strand.key != "learning.studyrecord.member"]
    monkeypatch.setattr("workspace.members.actions.merging.planning.strands", lambda: less)
    with pytest.raises(merging.Unforeseen):
        merged(cast, kept, gone)
    with context.inside(cast.jia):
        assert StudyRecord.objects.filter(member=gone).count() == 1


def test_what_only_people_can_settle_is_refused_by_name(cast: Cast) -> None:
    kept, gone = twins(cast, user=None)
    with context.inside(cast.jia):
        for each in (kept, gone):
            Case.objects.create(member=each, opened_on=date(2026, 1, 9))
            Payment.objects.create(member=each, month=date(2026, 1, 1), amount=Decimal(5), paid_on=date(2026, 1, 9))
        for each, username in ((kept, "secretary"), (gone, "member")):
            Member.objects.filter(user=cast.user(username)).update(user=None)
            Member.objects.filter(pk=each.pk).update(user=cast.user(username))
    page = cast.signed_in("owner").get(f"/members/merges/new/?kept={kept.pk}&gone={gone.pk}").content.decode()
    for text in ("各有一份进行中的发展档案", "同一个月的党费", "2026-01", "各关联了一个账号"):
        assert text in page
    with pytest.raises(merging.InTheWay):
        merged(cast, kept, gone)
    with context.inside(cast.jia):
        assert Payment.objects.count() == 2


def test_who_has_left_is_not_what_stays(cast: Cast) -> None:
    kept, gone = twins(cast, left_on=date(2026, 3, 1), left_for="mistake")
    with pytest.raises(merging.InTheWay, match="对调"):
        merged(cast, kept, gone)
    merged(cast, gone, kept)
    with context.inside(cast.jia):
        assert Member.objects.get(pk=gone.pk).is_present


def test_a_secretary_finds_compares_chooses_and_takes_it_back(cast: Cast) -> None:
    kept, gone = twins(cast)
    secretary = cast.signed_in("secretary")
    listed = secretary.get("/members/merges/").content.decode()
    assert "姓名和出生日期相同" in listed
    address = f"/members/merges/new/?kept={kept.pk}&gone={gone.pk}"
    page = secretary.get(address)
    text = page.content.decode()
    assert "138****1234" in text
    assert NUMBER not in text
    seen = page.context["plan"].seen
    done = secretary.post(address, {"seen": seen, "of-job": "gone", "of-birth_date": "kept"})
    assert (done.status_code, done.url) == (302, f"/members/{kept.pk}/")
    with context.inside(cast.jia):
        assert Member.objects.get(pk=kept.pk).job == ""
    assert secretary.get(f"/members/{gone.pk}/").url == f"/members/{kept.pk}/"
    again = secretary.post(address, {"seen": seen})
    assert (again.status_code, "李书记已经把其中一份登记合并掉了" in again.content.decode()) == (409, True)
    with context.inside(cast.jia):
        made = Batch.objects.get(kind=Batch.Kind.MERGE)
    assert "30 天" in secretary.get("/members/merges/").content.decode()
    assert secretary.post(f"/members/merges/{made.pk}/undo/", {"confirmed": "yes"}).url == f"/members/{gone.pk}/"
    assert "对照" in secretary.get("/members/merges/").content.decode()
    # Imports are another list.
    assert str(made.file_name) not in secretary.get("/members/imports/").content.decode()


def test_what_changed_since_the_look_is_looked_at_again(cast: Cast) -> None:
    kept, gone = twins(cast)
    secretary = cast.signed_in("secretary")
    address = f"/members/merges/new/?kept={kept.pk}&gone={gone.pk}"
    seen = secretary.get(address).context["plan"].seen
    with context.inside(cast.jia):
        Payment.objects.create(member=gone, month=date(2026, 2, 1), amount=Decimal(5), paid_on=date(2026, 2, 9))
    answer = secretary.post(address, {"seen": seen})
    assert (answer.status_code, "请核对最新的内容" in answer.content.decode()) == (422, True)
    with context.inside(cast.jia):
        assert Member.objects.filter(pk__in=[kept.pk, gone.pk]).count() == 2


def test_columns_that_belie_one_another_are_not_merged(cast: Cast) -> None:
    kept, gone = twins(cast)
    with context.inside(cast.jia):
        Member.objects.filter(pk=gone.pk).update(birth_date=date(1949, 12, 31))
    secretary = cast.signed_in("secretary")
    address = f"/members/merges/new/?kept={kept.pk}&gone={gone.pk}"
    seen = secretary.get(address).context["plan"].seen
    wrong = secretary.post(address, {"seen": seen, "of-citizen_number": "gone", "of-birth_date": "kept"})
    assert wrong.status_code == 422
    right = secretary.post(address, {"seen": seen, "of-citizen_number": "gone", "of-birth_date": "gone"})
    assert right.status_code == 302


def test_it_is_taken_back_only_in_time_and_only_untouched(cast: Cast) -> None:
    kept, gone = twins(cast)
    row = merged(cast, kept, gone)
    with context.inside(cast.jia):
        secretary, later = cast.user("secretary"), now() + timedelta(days=31)
        with pytest.raises(undoing.refusals.TooLate):
            merging.undo(row, by=secretary, at=later)
        happen(
            Member.objects.get(pk=kept.pk),
            Event.Kind.HELPED,
            on=date(2026, 7, 1),
            by=secretary,
            details={"help": "visit"},
        )
        with pytest.raises(undoing.refusals.ChangedSince, match="李书记"):
            merging.undo(row, by=secretary, at=now())
        assert undoing.forget(at=now()) == 0
        assert undoing.forget(at=later) == 1
        assert Row.objects.get(pk=row.pk).before == {}


def test_strangers_and_other_branches_may_not(cast: Cast) -> None:
    kept, gone = twins(cast)
    elsewhere = admit(cast, unit="第二党支部")
    member, secretary = cast.signed_in("member"), cast.signed_in("secretary")
    assert member.get("/members/merges/").status_code == 403
    assert member.get(f"/members/merges/new/?kept={kept.pk}&gone={gone.pk}").status_code == 404
    assert secretary.get(f"/members/merges/new/?kept={kept.pk}&gone={elsewhere.pk}").status_code == 404
    odd = secretary.get("/members/merges/new/?kept=9999999999999999999999&gone=x")
    assert odd.url == "/members/merges/"
    assert secretary.get(f"/members/merges/new/?kept={kept.pk}&gone={kept.pk}").url == "/members/merges/"
    # Made by the administrator over two branches: the secretary of one may not take it back.
    with context.inside(cast.jia):
        plan = merging.plan(*(Member.objects.select_related("unit").get(pk=each.pk) for each in (kept, elsewhere)))
        made = merging.merge(kept, elsewhere, choices={}, seen=plan.seen, by=cast.user("owner"), at=now())
    assert secretary.post(f"/members/merges/{made.pk}/undo/", {"confirmed": "yes"}).status_code == 403
    assert cast.signed_in("owner").post(f"/members/merges/{made.pk}/undo/", {"confirmed": "yes"}).status_code == 302


def test_programs_compare_merge_and_take_back(cast: Cast) -> None:
    kept, gone = twins(cast)
    program = cast.signed_in("secretary")
    found = program.get("/api/v1/member-merges/candidates/").json()
    assert {(each["kept"], each["gone"]) for each in found} & {(kept.pk, gone.pk), (gone.pk, kept.pk)}
    pair = {"kept": kept.pk, "gone": gone.pk}
    plan = program.post("/api/v1/member-merges/preview/", pair, **JSON).json()
    assert plan["moving"] == {"members.event.member": 2}
    assert program.post("/api/v1/member-merges/", pair | {"seen": "old"}, **JSON).status_code == 409
    made = program.post("/api/v1/member-merges/", pair | {"seen": plan["seen"], "choices": {"name": "gone"}}, **JSON)
    assert (made.status_code, made.json()["removed"]) == (201, gone.pk)
    key = made.json()["id"]
    assert (
        program.post("/api/v1/member-merges/", pair | {"seen": plan["seen"]}, **JSON).json()["code"] == "already_merged"
    )
    assert cast.signed_in("stranger").get(f"/api/v1/member-merges/{key}/").status_code == 404
    undone = program.post(f"/api/v1/member-merges/{key}/undo/", **JSON)
    assert (undone.status_code, undone.json()["state"]) == (200, "undone")
    assert program.post(f"/api/v1/member-merges/{key}/undo/", **JSON).json()["code"] == "not_undoable"


def test_an_import_that_is_taken_back_leaves_the_merged_entry(cast: Cast) -> None:
    kept, gone = twins(cast)
    with context.inside(cast.jia):
        a_life(gone, kept)
    merged(cast, kept, gone)
    with context.inside(cast.jia):
        assert Row.objects.get(batch__kind=Batch.Kind.IMPORT).member is None
