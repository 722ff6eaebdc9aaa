"""Words on a printed letter: what is known on a line, what is not known as a line to write on."""

from datetime import date

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def filled(text: object, width: int) -> SafeString:
    """Underlined; an empty one is a line as long as so many characters."""
    said = str(text or "")
    blank = "　" * max(width, 1)
    return format_html('<span class="blank">{}</span>', said or blank)


@register.filter
def hanzi_day(day: date | None) -> str:
    """2026年3月5日; without a day, the words to write it between."""
    return f"{day.year}年{day.month}月{day.day}日" if day else "　　　年　　月　　日"


@register.filter
def hanzi_month(day: date | None) -> str:
    return f"{day.year}年{day.month}月" if day else "　　　年　　月"
