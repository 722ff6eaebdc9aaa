"""Taking statistics away."""

from datetime import datetime

from django.db import transaction

from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.statistics.book import Book
from workspace.statistics.workbook import workbook


@transaction.atomic
def export(book: Book, *, by: User, at: datetime) -> bytes:
    """The tables as a workbook, with who made it and when."""
    days = book.reach.days
    details = {"on": days.on.isoformat(), "since": days.since.isoformat(), "tables": len(book.tables)}
    audit.record("statistics.exported", of=book.reach.unit, by=by, details=details)
    return workbook(book, made_by=by.name, at=at)
