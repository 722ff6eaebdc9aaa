"""What a browser calls itself, in words people know."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

# Order matters: nearly everybody claims to be Safari, and many claim to be Chrome.
_BROWSERS = (
    ("MicroMessenger", gettext_noop("微信")),
    ("DingTalk", gettext_noop("钉钉")),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("QQBrowser", gettext_noop("QQ 浏览器")),
    ("360SE|360EE", gettext_noop("360 浏览器")),
    ("HuaweiBrowser", gettext_noop("华为浏览器")),
    ("Chrome|CriOS", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("HarmonyOS|OpenHarmony", gettext_noop("鸿蒙")),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", gettext_noop("安卓")),
    ("Windows", "Windows"),
    ("Macintosh|Mac OS", "macOS"),
    ("Linux|UOS|Kylin", "Linux"),
)
_HANDHELD = re.compile("iPhone|Android|Mobile|HarmonyOS|OpenHarmony")


@dataclass(frozen=True)
class Device:
    """Browser and system; empty words where they are not known."""

    browser: str
    system: str
    is_handheld: bool

    def __str__(self) -> str:
        return " · ".join(str(_(part)) for part in (self.system, self.browser) if part) or str(_("未知设备"))


def read_device(agent: str) -> Device:
    """From a User-Agent header."""
    return Device(_first(_BROWSERS, agent), _first(_SYSTEMS, agent), bool(_HANDHELD.search(agent)))


def _first(known: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((name for pattern, name in known if re.search(pattern, agent)), "")
