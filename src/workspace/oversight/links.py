"""From a line of the record to the thing it tells of. Whether the reader may open it is that page's own question."""

from django.urls import reverse

from workspace.audit.models import Entry

# kind → the page that shows one of it
_PAGES = {
    "organization.unit": "organization:unit",
    "members.member": "members:member",
    "members.batch": "members:import",
    "activities.activity": "activities:activity",
    "accounts.user": "access:person",
    "access.invitation": "access:invitation",
    "voice.topic": "voice:topic",
}
_LISTS = {"archives.archive": "archives:list", "access.joining": "access:joinings"}


def page_of(entry: Entry) -> str:
    """Its address; empty for what has no page of its own."""
    if entry.kind in _LISTS:
        return reverse(_LISTS[entry.kind])
    name = _PAGES.get(entry.kind)
    return reverse(name, args=[int(entry.thing)]) if name and entry.thing.isdecimal() else ""
