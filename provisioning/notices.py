"""The texts people agree to. A changed text gets a new version, and whoever is signing up reads it anew."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Notice:
    """One text. Its words are templates, one a language: `provisioning/notices/<name>.<language>.html`."""

    name: str
    title: str | Promise
    version: str
    since: date

    @property
    def template(self) -> str:
        """The text in the reader's language; Chinese where there is no other."""
        language = "en" if (get_language() or "").startswith("en") else "zh-hans"
        return f"provisioning/notices/{self.name}.{language}.html"


PRIVACY = Notice("privacy", _("隐私告知"), "2026-11.3", date(2026, 11, 25))
TERMS = Notice("terms", _("使用条款"), "2026-11.3", date(2026, 11, 25))
ZERO_COST = Notice("zero-cost", _("零费用声明"), "2026-11.2", date(2026, 11, 23))
ALL = {notice.name: notice for notice in (PRIVACY, TERMS, ZERO_COST)}

# What a sign-up records as agreed to.
AGREED_VERSION = f"{PRIVACY.version}+{TERMS.version}"
