"""States as an icon and a word, never colour alone."""

from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString

ICONS = {
    "": "point",
    "good": "circle-check",
    "late": "clock",
    "info": "info-circle",
    "gold": "award",
    "bad": "alert-circle",
}


def badge(label: str | Promise, level: str = "", icon: str = "") -> SafeString:
    """For table cells made in Python; templates use `{% status %}`."""
    return format_html(
        '<span class="status {}"><svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>{}</span>',
        level,
        static("built/icons.svg"),
        icon or ICONS[level],
        label,
    )
