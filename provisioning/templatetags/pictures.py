"""Pictures of the product on the public site."""

from typing import Any

from django import template
from django.contrib.staticfiles import finders

register = template.Library()
_ENDINGS = ("webp", "png")


@register.inclusion_tag("provisioning/picture.html")
def picture(name: str, alt: str, width: int, height: int) -> dict[str, Any]:
    """`static/pictures/<name>.webp` or `.png`, taken by `make screenshots`; nothing at all until it is there.

    Width and height in pixels keep the page from jumping while it loads.
    """
    paths = (f"pictures/{name}.{ending}" for ending in _ENDINGS)
    found = next((path for path in paths if finders.find(path)), "")
    return {"path": found, "alt": alt, "width": width, "height": height}
