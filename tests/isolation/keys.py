"""What a parameter of an address stands for, so that a door can be tried with a key that is there."""

from collections.abc import Callable
from typing import Any

from django.apps import apps

from tenants import context
from tenants.models import Tenant
from tests.isolation.canaries import anchor
from workspace.organization.models import Unit

# (beginning of the route, parameter) → the table whose key it is; the longest beginning wins. Where several rows are
# there, the one of the first branch and its secretary.
TABLES = {
    ("api/v1/messages/", "pk"): "inbox.Message",
    ("api/v1/units/", "pk"): "organization.Unit",
    ("api/v1/grants/", "pk"): "access.Grant",
    ("api/v1/invitations/", "pk"): "access.Invitation",
    ("api/v1/members/", "pk"): "members.Member",
    ("api/v1/imports/", "pk"): "members.Batch",
    ("api/v1/member-exports/", "pk"): "access.Consent",
    ("api/v1/consents/", "pk"): "access.Consent",
    ("api/v1/activities/", "pk"): "activities.Activity",
    ("api/v1/activities/", "activity"): "activities.Activity",
    ("api/v1/activities/", "member"): "members.Member",
    ("api/v1/obligations/", "pk"): "activities.Obligation",
    ("api/v1/dues-payments/", "pk"): "dues.Payment",
    ("api/v1/study-records/", "pk"): "learning.StudyRecord",
    ("api/v1/topics/", "pk"): "voice.Topic",
    ("me/tokens/", "pk"): "accounts.Token",
    ("inbox/", "pk"): "inbox.Message",
    ("organization/units/", "pk"): "organization.Unit",
    ("access/people/", "pk"): "accounts.User",
    ("access/grants/", "pk"): "access.Grant",
    ("access/delegations/", "pk"): "access.Grant",
    ("access/roles/", "pk"): "access.OwnRole",
    ("api/v1/roles/", "pk"): "access.OwnRole",
    ("api/v1/delegations/", "pk"): "access.Grant",
    ("api/v1/idle-accounts/", "pk"): "accounts.User",
    ("access/invitations/", "pk"): "access.Invitation",
    ("access/joinings/", "pk"): "access.Joining",
    ("access/consents/", "pk"): "access.Consent",
    ("members/", "pk"): "members.Member",
    ("members/", "event"): "members.Event",
    ("members/", "correction"): "members.Correction",
    ("api/v1/corrections/", "pk"): "members.Correction",
    ("api/v1/members/", "event"): "members.Event",
    ("members/imports/", "pk"): "members.Batch",
    ("members/merges/", "pk"): "members.Batch",
    ("api/v1/member-merges/", "pk"): "members.Batch",
    ("members/export/", "pk"): "access.Consent",
    ("members/posts/", "pk"): "members.Appointment",
    ("members/posts/of/", "unit_pk"): "organization.Unit",
    ("transfers/", "pk"): "transfers.Transfer",
    ("transfers/absences/", "pk"): "transfers.Absence",
    ("api/v1/transfers/", "pk"): "transfers.Transfer",
    ("api/v1/absences/", "pk"): "transfers.Absence",
    ("elections/", "pk"): "elections.Election",
    ("api/v1/elections/", "pk"): "elections.Election",
    ("appraisals/", "pk"): "appraisal.Appraisal",
    ("appraisals/", "member"): "members.Member",
    ("api/v1/appraisals/", "pk"): "appraisal.Appraisal",
    ("api/v1/appraisals/", "member"): "members.Member",
    ("api/v1/own-appraisals/", "pk"): "appraisal.Appraisal",
    ("api/v1/appraisal-units/", "pk"): "organization.Unit",
    ("activities/", "pk"): "activities.Activity",
    ("activities/", "vote"): "activities.Vote",
    ("activities/", "resolution"): "activities.Resolution",
    ("activities/obligations/", "pk"): "activities.Obligation",
    ("activities/resolutions/", "pk"): "activities.Resolution",
    ("dues/units/", "pk"): "organization.Unit",
    ("dues/members/", "pk"): "members.Member",
    ("dues/payments/", "pk"): "dues.Payment",
    ("learning/members/", "pk"): "members.Member",
    ("learning/units/", "pk"): "organization.Unit",
    ("learning/activities/", "pk"): "activities.Activity",
    ("learning/records/", "pk"): "learning.StudyRecord",
    ("development/cases/", "pk"): "development.Case",
    ("development/members/", "pk"): "members.Member",
    ("development/plans/", "pk"): "organization.Unit",
    ("api/v1/development-cases/", "pk"): "development.Case",
    ("voice/", "pk"): "voice.Topic",
    ("audit/", "pk"): "audit.Entry",
    ("api/v1/audit-entries/", "pk"): "audit.Entry",
    ("archives/", "pk"): "archives.Archive",
    ("archives/schedules/", "pk"): "archives.Schedule",
    ("api/v1/export-schedules/", "pk"): "archives.Schedule",
    ("api/v1/archives/", "pk"): "archives.Archive",
    ("dashboards/contests/", "pk"): "indicators.Contest",
    ("dashboards/development/people/", "pk"): "members.Member",
}
# Parameters that are words. A secret, a code or a link that nobody gave out stands for all of its kind.
WORDS = {
    ("", "text"): "nobody-signed-this",
    ("", "secret"): "nobody-knows-this",
    ("", "code"): "nobody-shows-this",
    ("", "token"): "nobody-sent-this",
    ("", "handle"): "00000000000000000000",
    ("", "form"): "xlsx",
    ("", "part"): "table",
    ("members/", "number"): "1",
    ("members/", "field"): "phone",
    ("development/", "code"): "talk",
    ("members/", "kind"): "honoured",
    ("transfers/", "tab"): "expired",
    ("transfers/absences/of/", "tab"): "overdue",
    ("transfers/absences/new/", "kind"): "abroad",
    ("transfers/absences/", "number"): "0",
    ("archives/schedules/", "number"): "1",
    ("api/v1/export-schedules/", "number"): "1",
    ("elections/", "tab"): "done",
    ("elections/", "about"): "request",
    ("elections/", "way"): "out",
    ("elections/", "purpose"): "committee",
    ("elections/", "name"): "voters",
    ("elections/", "number"): "0",
    ("appraisals/", "tab"): "done",
    ("appraisals/", "name"): "ballot",
    ("voice/", "tab"): "answered",
    ("dashboards/", "name"): "responsibility",
    ("api/v1/dashboards/", "name"): "responsibility",
    ("dashboards/", "key"): "activities",
    ("statistics/", "name"): "category",
    ("statistics/", "column"): "whole",
    ("api/v1/statistics/", "name"): "category",
    ("api/v1/statistics/", "column"): "whole",
    ("rules/", "code"): "admission.age",
    ("api/v1/rules/", "code"): "admission.age",
    ("workspaces/", "to"): "suspended",
    ("workspaces/", "verb"): "close",
    ("health/tasks/", "name"): "console.measure",
    ("proposals/", "number"): "1",
    ("fleet/", "number"): "1",
    ("health/", "number"): "1",
    ("invitations/", "number"): "1",
    ("notices/", "name"): "privacy",
    ("sign-up/", "name"): "name",
    ("mailbox/", "name"): "20260101T000000000000-abcdef",
}


class Unknown(LookupError):
    """A parameter that stands nowhere above."""


def longest(table: dict[tuple[str, str], Any], route: str, parameter: str) -> Any:
    """What the table says of a parameter: the entry with the longest beginning of the route, or None."""
    fitting = [key for key in table if key[1] == parameter and route.startswith(key[0])]
    return table[max(fitting, key=lambda key: len(key[0]))] if fitting else None


def keys_at(slug: str) -> Callable[[str, str], object]:
    """`keys(route, parameter)` over the rows of a workspace. Raises Unknown for a parameter that nobody described."""
    tenant = Tenant.objects.get(slug=slug)
    with context.inside(tenant):
        known = {label: anchor(apps.get_model(label)).pk for label in {*TABLES.values()}}
        assert known["organization.Unit"] != Unit.objects.get(depth=1).pk

    def keys(route: str, parameter: str) -> object:
        label = longest(TABLES, route, parameter)
        if label:
            return known[label]
        if parameter == "uuid":
            return tenant.opening.uuid if route.startswith("openings/") else tenant.uuid
        word = longest(WORDS, route, parameter)
        if word is None:
            raise Unknown(f"{route}: say in tests/isolation/keys.py what <{parameter}> stands for")
        return word

    return keys
