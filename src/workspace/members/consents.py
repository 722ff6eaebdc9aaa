"""Taking many members away in full, as a second person reads it."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workspace.access.consents import Fact, Kind, register
from workspace.access.models import Consent
from workspace.members.actions.exporting import VERB
from workspace.members.forms.exports import in_words
from workspace.members.queries.exports import Asked


def facts(consent: Consent) -> list[Fact]:
    """How many, what of them, as what."""
    asked = Asked.from_json(consent.details)
    narrowed = in_words(consent.by, asked.query) if consent.by else ""
    return [
        (_("人数"), _("{rows} 人").format(rows=asked.rows)),
        (_("内容"), _("名册全部栏目，身份证号、手机号、住址完整显示")),
        (_("筛选"), narrowed or _("没有筛选")),
        (_("格式"), {"xlsx": "Excel", "csv": "CSV"}[asked.form]),
    ]


def announce() -> None:
    """Called once, when the application starts."""
    register(
        VERB,
        Kind(
            label=gettext_lazy("导出名册的完整号码"),
            facts=facts,
            url=lambda consent: reverse("members:export-file", args=[consent.pk]),
            go=gettext_lazy("下载名册"),
        ),
    )
