"""A table book in one sentence."""

from django.utils.translation import gettext as _

from workspace.statistics.book import Book


def verdict(book: Book) -> str:
    """How many there were, and how many more or fewer than before."""
    people, units = book.tables["category"], book.tables["units"]
    whole, full, probationary = people.total
    if not whole and not units.total[0]:
        return _("截至 {day}，这里还没有党组织和党员。").format(day=book.reach.days.on.isoformat())
    said = _("截至 {day}，有党组织 {units} 个，党员 {whole} 名，其中正式 {full} 名、预备 {probationary} 名").format(
        day=book.reach.days.on.isoformat(), units=units.total[0], whole=whole, full=full, probationary=probationary
    )
    return said + _since(book, (people.growth or [0])[0])


def _since(book: Book, growth: int) -> str:
    day = book.reach.days.since.isoformat()
    if growth == 0:
        return _("；与 {day} 相同。").format(day=day)
    if growth > 0:
        return _("；比 {day} 净增 {count} 名。").format(day=day, count=growth)
    return _("；比 {day} 净减 {count} 名。").format(day=day, count=-growth)
