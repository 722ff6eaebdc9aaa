"""Take a personal file away, as PDF or for programs. Written down before it leaves."""

import json
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shared.clock import day_of
from shared.pdf import Paper
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.members.actions import exporting
from workspace.members.actions.exporting import Exported
from workspace.members.models import Member
from workspace.members.queries.dossiers import Dossier, dossier

FORMS = ("pdf", "json")
_PAIRS = 2  # facts side by side


@transaction.atomic
def take_file(member: Member, *, form: str, whole: bool, reason: str, by: User, at: datetime) -> Exported:
    """`form` is pdf or json. The member's own is in full; somebody else's in full wants a reason and counts as taken
    in full, as any export of one person does. Raises ExportReasonMissing, SecondPersonNeeded."""
    if member.user_id == by.pk:
        whole = True
        audit.record("member.exported_own", of=member, by=by, details={"form": form})
    else:
        _note(member, form=form, whole=whole, reason=reason, by=by, at=at)
    made = dossier(member, by=by, on=day_of(at), whole=whole)
    if form == "json":
        text = json.dumps(made.as_plain(), ensure_ascii=False, indent=2)
        return Exported(text.encode(), "application/json; charset=utf-8", "json")
    return Exported(printed(made), "application/pdf", "pdf")


def _note(member: Member, *, form: str, whole: bool, reason: str, by: User, at: datetime) -> None:
    User.objects.select_for_update().get(pk=by.pk)  # one at a time, as in `exporting.export`
    if whole and len(reason.strip()) < 2:
        raise exporting.ExportReasonMissing(limit=exporting.ROWS_WITHOUT_REASON)
    if exporting.takes_two(Member.objects.filter(pk=member.pk), whole=whole, by=by, at=at):
        raise exporting.SecondPersonNeeded(limit=exporting.ROWS_ALONE)
    said = {"form": form, "whole": whole, "reason": reason.strip()[:200]}
    audit.record("members.exported", of=by, by=by, details={"rows": 1, **said})
    audit.record("member.file_taken", of=member, by=by, details=said)


def printed(made: Dossier) -> bytes:
    """The file on A4, with unit, day and who took it on every page."""
    member = made.member
    foot = " · ".join((member.name, str(member.unit), made.on.isoformat(), made.taken_by))
    page_words = _("第 {page} 页，共 {pages} 页")
    paper = Paper(title=f"{_('个人档案')} {member.name}", foot=foot, page_words=page_words)
    paper.heading(
        f"{_('个人档案')} · {member.name}", under=f"{member.unit.name} · {made.on.isoformat()} · {made.taken_by}"
    )
    if not made.whole:
        paper.note(_("身份证号、手机号和住址部分隐藏。"))
    paper.part(_("基本情况"))
    texts = [text for fact in made.facts if fact.text for text in (fact.label, fact.text)]
    texts += [""] * (-len(texts) % (2 * _PAIRS))
    paper.grid([texts[at : at + 2 * _PAIRS] for at in range(0, len(texts), 2 * _PAIRS)], widths=(18, 30, 18, 30))
    for section in made.sections:
        paper.part(section.label)
        paper.grid(section.rows, widths=_WIDTHS.get(section.name, (1,) * len(section.keys)), heading=section.columns)
    return paper.finished()


_WIDTHS = {"timeline": (16, 24, 56), "appointments": (20, 44, 16, 16), "honours": (16, 44, 36)}
