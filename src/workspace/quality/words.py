"""How good a register is, in words."""

from django.utils.translation import gettext as _

from workspace.quality.survey import Count

GOOD, FAIR = 0.98, 0.90  # shares of complete entries from which words change


def verdict(count: Count) -> tuple[str, str]:
    """A sentence, and its level: good, late or empty."""
    if not count.people:
        return _("这里还没有党员。"), ""
    percent = _percent(count)
    told = {"people": count.people, "gaps": count.to_complete, "percent": percent}
    if not count.to_complete:
        return _("{people} 人的信息完整，没有发现矛盾。").format(**told), "good"
    if count.share >= GOOD:
        return _("信息质量好：{people} 人中 {percent}% 完整无误，还有 {gaps} 人要补全。").format(**told), "good"
    if count.share >= FAIR:
        return _("信息质量较好：{people} 人中 {percent}% 完整无误，还有 {gaps} 人要补全。").format(**told), ""
    return _("信息需要补全：{people} 人中只有 {percent}% 完整无误，{gaps} 人要补全。").format(**told), "late"


def grade(count: Count) -> tuple[str, str]:
    """One word and its level, for a row."""
    if not count.people:
        return "", ""
    if count.share >= GOOD:
        return _("好"), "good"
    return (_("较好"), "info") if count.share >= FAIR else (_("需补全"), "late")


def _percent(count: Count) -> int:
    """Never a hundred while somebody is left."""
    return min(round(count.share * 100), 99) if count.to_complete else 100
