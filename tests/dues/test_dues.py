"""Dues: assessed by the rules, paid by people, counted so that it adds up, and never acted on by a machine."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rules.dues import Payer
from shared.clock import now, today
from tenants import context
from tests.support.activities import branch_of, member
from tests.support.cast import Cast
from workspace.audit.models import Entry
from workspace.dues.actions import assessing, paying, reminding
from workspace.dues.models import Basis, Payment
from workspace.dues.queries.figures import paid_share
from workspace.dues.queries.sheets import sheet_of
from workspace.dues.queries.standing import account_of, behind
from workspace.inbox.models import Message
from workspace.members.models import Event, Member
from workspace.organization.models import Unit

SINCE, NOW = date(2026, 1, 1), date(2026, 11, 23)
OCTOBER = date(2026, 10, 1)


@pytest.fixture
def jia(cast: Cast):
    with context.inside(cast.jia):
        yield cast


def assess(who: Member, base: str = "4000", since: date = SINCE) -> Basis:
    return assessing.assess(who, payer=Payer.WAGE, base=Decimal(base), since=since, by=Cast.user("secretary"))


def pay(month: date, *who: Member, amount: str | None = None, **options) -> list[Payment]:
    values = {"paid_on": month.replace(day=5), "method": "cash", "today": NOW, **options}
    given = Decimal(amount) if amount else None
    return paying.record_payments(
        who[0].unit, month, {one.pk: given for one in who}, by=Cast.user("secretary"), **values
    )


def test_the_amount_follows_the_band_and_the_pay_is_not_kept(jia):
    basis = assess(member("member"), "4000")
    assert (basis.monthly, basis.rate) == (Decimal("40.00"), Decimal("0.01"))
    kept = [str(value) for value in Basis.objects.values_list().get()]
    assert not any("4000" in value for value in kept)
    assert "4000" not in str(Entry.objects.get(verb="dues.assessed").details)


def test_a_new_basis_ends_the_one_before_and_one_between_fits_in(jia):
    who = member("member")
    first, last = assess(who), assess(who, "6000", date(2026, 9, 1))
    between = assess(who, "5000", date(2026, 6, 15))
    first.refresh_from_db()
    assert (first.until, between.since, between.until, last.until) == (
        date(2026, 6, 1), date(2026, 6, 1), date(2026, 9, 1), None,
    )  # fmt: skip
    for month, amount in ((5, "40"), (6, "50"), (9, "90")):
        assert Basis.objects.in_force(date(2026, month, 1)).get().monthly == Decimal(amount)


def test_dues_do_not_begin_before_the_membership(jia):
    who = member("member")
    Member.objects.filter(pk=who.pk).update(joined_on=date(2026, 5, 20))
    with pytest.raises(assessing.BeforeMembership) as refusal:
        assess(member("member"))
    assert "2026-05" in str(refusal.value)
    assess(member("member"), since=date(2026, 5, 31))


def test_a_share_needs_a_base_and_a_farmer_stays_within_the_rule(jia):
    by, who = Cast.user("secretary"), member("member")
    with pytest.raises(assessing.BaseNeeded):
        assessing.assess(who, payer=Payer.RETIRED, since=SINCE, by=by)
    with pytest.raises(assessing.FixedAmountNotAllowed):
        assessing.assess(who, payer=Payer.FARMER, chosen=Decimal(5), since=SINCE, by=by)
    assert assessing.assess(who, payer=Payer.MINIMUM, since=SINCE, by=by).monthly == Decimal("0.20")


def test_a_month_is_settled_for_many_at_once_and_the_totals_reconcile(jia):
    unit = branch_of(5)
    people = list(Member.objects.below(unit).order_by("pk"))
    for one in people[:4]:
        assess(one)
    pay(OCTOBER, people[0], people[1])
    pay(OCTOBER, people[2], amount="50")
    sheet = sheet_of(unit, OCTOBER)
    totals = sheet.totals
    assert (totals.expected, totals.received, totals.outstanding, totals.extra) == (160, 130, 40, 10)
    assert totals.reconciles
    assert [line.member for line in sheet.not_assessed] == [people[4]]
    assert Entry.objects.filter(verb="dues.paid").count() == 3


def test_a_waiver_needs_an_approval_and_counts_as_settled(jia):
    who = member("member")
    assess(who)
    with pytest.raises(paying.ApprovalMissing):
        pay(OCTOBER, who, method="waived")
    pay(OCTOBER, who, method="waived", note="2026年9月20日上级党委批准")
    sheet = sheet_of(who.unit, OCTOBER)
    assert (sheet.totals.waived, sheet.totals.received, sheet.unpaid) == (40, 0, [])
    assert sheet.totals.reconciles


def test_a_month_is_paid_once_and_not_before_the_money_came(jia):
    who, other = member("member"), member("secretary")
    assess(who)
    with pytest.raises(paying.NotAssessed):
        pay(OCTOBER, who, other)
    assert not Payment.objects.exists()
    pay(OCTOBER, who)
    with pytest.raises(paying.AlreadyPaid):
        pay(OCTOBER, who)
    with pytest.raises(paying.NotYetPaid):
        pay(date(2026, 11, 1), who, paid_on=date(2026, 11, 24))
    with pytest.raises(paying.TooFarAhead):
        pay(date(2027, 3, 1), who, paid_on=NOW)
    with pytest.raises(paying.NotOnTheSheet):
        paying.record_payments(
            who.unit, OCTOBER, {member("stranger").pk: None}, paid_on=NOW, method="cash", by=other.user, today=NOW
        )


def test_undoing_a_payment_leaves_the_record_of_both(jia):
    who = member("member")
    assess(who)
    paying.undo_payment(pay(OCTOBER, who)[0], by=Cast.user("secretary"))
    assert not Payment.objects.exists()
    assert set(Entry.objects.values_list("verb", flat=True)) >= {"dues.paid", "dues.payment_undone"}


def test_six_open_months_in_a_row_raise_a_flag_for_people_and_change_nothing(jia):
    who = member("member")
    assess(who)
    for month in range(1, 5):
        pay(date(2026, month, 1), who)
    found = account_of(who, today=NOW).behind
    assert found and found.is_flagged and len(found.open_months) == 6
    assert found.owed == Decimal(240)
    before = Member.objects.filter(pk=who.pk).values().get()
    assert [row.member for row in behind(Member.objects.all(), today=NOW)] == [who]
    assert Member.objects.filter(pk=who.pk).values().get() == before
    pay(date(2026, 7, 1), who)
    again = account_of(who, today=NOW).behind
    assert again and not again.is_flagged


def test_a_reminder_reaches_those_with_an_account_once_a_day(jia):
    who = member("member")
    no_account = Member.objects.create(unit=who.unit, name="无号人")
    assess(who), assess(no_account)
    told = reminding.remind(who.unit, OCTOBER, by=Cast.user("secretary"), at=now())
    assert (told.told, told.without_account) == (1, ["无号人"])
    assert Message.objects.get().to == who.user
    with pytest.raises(reminding.RemindedToday):
        reminding.remind(who.unit, OCTOBER, by=Cast.user("secretary"), at=now())


def test_figures_tell_paid_shares_by_branch_and_month_in_three_queries(jia):
    unit = branch_of(4)
    people = list(Member.objects.below(unit).order_by("pk"))
    for one in people:
        assess(one, since=date(2026, 9, 1))
    pay(OCTOBER, *people[:3])
    root = Unit.objects.get(depth=1)
    with CaptureQueriesContext(connection) as asked:
        found = paid_share(under=root, first=date(2026, 8, 15), last=date(2026, 11, 2))
    assert len(asked) == 3
    assert (unit.path, date(2026, 8, 1)) not in found
    assert [found[unit.path, date(2026, month, 1)].share for month in (9, 10, 11)] == [0, 0.75, 0]
    assert found[unit.path, OCTOBER].received == Decimal(120)


def test_the_secretary_ticks_the_people_who_paid(cast):
    with context.inside(cast.jia):
        who = member("member")
        assess(who)
        address = f"/dues/units/{who.unit_id}/?month=2026-10"
    secretary = cast.signed_in("secretary")
    assert "王党员" in secretary.get(address).content.decode()
    sent = {"chosen": [who.pk], f"amount_{who.pk}": "", "method": "cash", "paid_on": "2026-10-08", "note": ""}
    assert secretary.post(address, sent).status_code == 302
    with context.inside(cast.jia):
        paid = Payment.objects.get()
        assert (paid.amount, paid.by) == (Decimal(40), cast.user("secretary"))
    page = secretary.post(address, sent)
    assert page.status_code == 422
    undo = f"/dues/payments/{paid.pk}/undo/"
    assert "撤销" in secretary.get(undo).content.decode()
    secretary.post(undo, {"confirmed": "1"})
    with context.inside(cast.jia):
        assert not Payment.objects.exists()


def test_a_member_sees_the_own_dues_and_nobody_elses(cast):
    with context.inside(cast.jia):
        mine, other = member("member"), member("secretary")
        assess(mine)
    client = cast.signed_in("member")
    assert "40.00" in client.get("/dues/me/").content.decode()
    assert client.get(f"/dues/members/{mine.pk}/").status_code == 200
    assert client.get(f"/dues/members/{other.pk}/").status_code == 404
    assert client.get(f"/dues/units/{mine.unit_id}/").status_code == 403
    assert client.get("/dues/overview/").status_code == 403
    assert client.get("/dues/arrears/").status_code == 403
    assert client.get(f"/dues/members/{mine.pk}/bases/new/").status_code == 403
    assert client.get("/dues/").headers["Location"] == "/dues/me/"


def test_a_month_of_a_branch_left_behind_is_recorded_by_that_branch_and_offered_to_nobody_else(cast):
    with context.inside(cast.jia):
        who = member("member")
        here, there = who.unit, Unit.objects.get(name="第二党支部")
        assess(who)
        Event.objects.create(
            member=who, kind=Event.Kind.MOVED, on=date(2026, 6, 10), unit=here, details={"from": there.pk}, at=now()
        )
        who.unit = here
        who.save(update_fields=["unit"])
    page = cast.signed_in("secretary").get(f"/dues/members/{who.pk}/").content.decode()
    assert f"/dues/units/{there.pk}/" not in page and "由第二党支部登记" in page
    owner = cast.signed_in("owner").get(f"/dues/members/{who.pk}/").content.decode()
    assert f"/dues/units/{there.pk}/?month=2026-05" in owner and f"/dues/units/{here.pk}/?month=2026-07" in owner


def test_another_branch_is_not_there(cast):
    with context.inside(cast.jia):
        other = member("stranger")
    secretary = cast.signed_in("secretary")
    for address in (f"units/{other.unit_id}/", f"units/{other.unit_id}/print/", f"members/{other.pk}/"):
        assert secretary.get(f"/dues/{address}").status_code == 404


def test_every_page_of_the_owner_opens_and_prints_and_exports(cast):
    with context.inside(cast.jia):
        who = member("member")
        assess(who)
        pay(OCTOBER, who)
    owner = cast.signed_in("owner")
    for address in (
        "overview/?month=2026-10", "overview/?month=nonsense&unit=99999999999", "arrears/", f"members/{who.pk}/",
        f"members/{who.pk}/bases/new/", f"units/{who.unit_id}/print/?month=2026-10", f"units/{who.unit_id}/",
    ):  # fmt: skip
        assert owner.get(f"/dues/{address}").status_code == 200, address
    sheet = owner.get(f"/dues/units/{who.unit_id}/export/?month=2026-10&form=csv").content.decode()
    assert "王党员" in sheet and "40.00" in sheet
    assert owner.get("/dues/overview/?form=xlsx").content[:2] == b"PK"
    assert owner.get("/dues/arrears/?form=xlsx").content[:2] == b"PK"
    answer = owner.post(f"/dues/members/{who.pk}/bases/new/", {"payer": "wage", "base": "", "since": "2026-11"})
    assert answer.status_code == 422 and "请填写交纳基数" in answer.content.decode()


def test_the_sheet_asks_as_much_for_forty_members_as_for_four(cast):
    secretary = cast.signed_in("secretary")

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert secretary.get(f"/dues/units/{unit.pk}/").status_code == 200
        return len(queries)

    counts = []
    for number in (4, 40):
        with context.inside(cast.jia):
            unit = branch_of(number)
            for one in Member.objects.below(unit).filter(dues_bases=None):
                assess(one)
        counts.append(asked())
    assert counts[0] == counts[1] <= 22


def test_the_api_records_and_undoes_under_the_same_rules(cast):
    with context.inside(cast.jia):
        who = member("member")
        assess(who)
    sent = {"member": who.pk, "month": "2026-10-15", "paid_on": str(min(today(), NOW))}
    address = "/api/v1/dues-payments/"
    plain = cast.signed_in("member")
    assert plain.post(address, sent, content_type="application/json").status_code == 403
    secretary = cast.signed_in("secretary")
    made = secretary.post(address, sent, content_type="application/json")
    assert (made.status_code, made.json()["amount"], made.json()["month"]) == (201, "40.00", "2026-10-01")
    again = secretary.post(address, sent, content_type="application/json")
    assert (again.status_code, again.json()["code"]) == (409, "already_paid")
    assert plain.get(address).json()["count"] == 1
    assert cast.signed_in("stranger").get(address).json()["count"] == 0
    assert plain.delete(f"{address}{made.json()['id']}/").status_code == 403
    assert secretary.delete(f"{address}{made.json()['id']}/").status_code == 204


def test_a_token_needs_the_scope(cast):
    from workspace.dues.api import PaymentViewSet

    assert PaymentViewSet.scope == {"read": "dues:read", "write": "dues:write"}
