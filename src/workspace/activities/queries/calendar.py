"""A person's activities as an iCalendar file (RFC 5545)."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from shared.workspace import current_workspace
from workspace.accounts.models import User
from workspace.activities.models import Activity

BACK = timedelta(days=90)


def calendar_of(user: User, *, at: datetime) -> bytes:
    """Everything on whose roll the person stands, from ninety days back. Cancelled ones stay, marked as such, so that
    calendars take them out. One query."""
    place = current_workspace()
    made = Calendar()
    made.add("prodid", "-//Tongxin//Activities//ZH")
    made.add("version", "2.0")
    made.add("x-wr-calname", _("组织生活 · {workspace}").format(workspace=place.name))
    made.add("x-published-ttl", "PT1H")
    rows = Activity.objects.filter(roll__member__user=user, starts_at__gte=at - BACK).select_related("unit")
    for activity in rows.order_by("starts_at", "pk"):
        made.add_component(_event(activity, f"{place.url}/activities/{activity.pk}/", str(place.uuid)))
    return bytes(made.to_ical())


def _event(activity: Activity, url: str, workspace: str) -> Event:
    """No agenda and no names: a calendar lies open on many a desk."""
    event = Event()
    event.add("uid", f"activity-{activity.pk}@{workspace}")
    event.add("dtstamp", activity.updated_at)
    event.add("last-modified", activity.updated_at)
    event.add("sequence", activity.revision)
    event.add("dtstart", activity.starts_at)
    event.add("dtend", activity.ends_at)
    event.add("summary", "、".join(activity.kind_names) if activity.is_private else activity.title)
    event.add("location", activity.place or (_("线上") if activity.online_url else ""))
    event.add("description", f"{activity.unit.name}\n{'、'.join(activity.kind_names)}")
    event.add("url", url)
    event.add("status", "CANCELLED" if activity.is_cancelled else "CONFIRMED")
    return event
