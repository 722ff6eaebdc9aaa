"""Who sees which activity."""

import pytest
from django.http import Http404

from shared.refusals import NotAllowed
from tenants import context
from tests.support.activities import at, branch_of, member, planned
from tests.support.cast import Cast
from workspace.activities.actions.obligations import renew_obligations
from workspace.activities.queries.visibility import (
    activities_visible_to,
    get_activity,
    get_activity_to_change,
    get_obligation,
)
from workspace.organization.models import Unit

START = at("2026-09-15", 14)


def sees(cast: Cast, username: str) -> set[str]:
    return set(activities_visible_to(cast.user(username)).values_list("title", flat=True))


def test_a_member_sees_the_own_branch_and_what_units_above_do_for_everybody(cast: Cast) -> None:
    with context.inside(cast.jia):
        root, owner = Unit.objects.get(depth=1), cast.user("owner")
        planned(branch_of(4), start=START, title="本支部")
        planned(branch_of(2, name="第二党支部"), start=START, title="别的支部", by=owner)
        planned(root, start=START, title="党委大课", audience="below", by=owner)
        planned(root, start=START, title="党委会", audience="members", by=owner)
        assert sees(cast, "member") == {"本支部", "党委大课"}
        assert sees(cast, "stranger") == {"别的支部", "党委大课"}
        assert sees(cast, "secretary") == {"本支部", "党委大课"}
        assert sees(cast, "owner") == {"本支部", "别的支部", "党委大课", "党委会"}


def test_a_committee_meeting_is_for_those_who_sit_on_it_and_organise_it(cast: Cast) -> None:
    with context.inside(cast.jia):
        planned(branch_of(4), start=START, title="支委会", audience="committee", kinds=["committee_meeting"])
        assert sees(cast, "member") == set()
        assert sees(cast, "secretary") == {"支委会"}


def test_a_heart_to_heart_talk_stays_between_those_who_talked(cast: Cast) -> None:
    with context.inside(cast.jia):
        planned(
            branch_of(4),
            start=START,
            title="谈心",
            kinds=["heart_to_heart"],
            audience="chosen",
            chosen=[member("member")],
        )
        assert sees(cast, "member") == {"谈心"}
        assert sees(cast, "secretary") == {"谈心"}
        assert sees(cast, "owner") == set()


def test_what_may_not_be_seen_is_not_there_and_what_may_be_seen_is_not_for_everybody_to_change(cast: Cast) -> None:
    with context.inside(cast.jia):
        activity = planned(branch_of(4), start=START)
        with pytest.raises(Http404):
            get_activity(activity.pk, visible_to=cast.user("stranger"))
        with pytest.raises(NotAllowed):
            get_activity_to_change(activity.pk, by=cast.user("member"))
        renew_obligations(activity.unit, year=2026, on=START.date())
        key = activity.unit.obligations.first().pk
        assert get_obligation(key, visible_to=cast.user("member"))
        with pytest.raises(Http404):
            get_obligation(key, visible_to=cast.user("stranger"))
