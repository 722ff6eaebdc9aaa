"""The tags pages are built from. `docs/subsystems/front-end.md` lists them with their arguments."""

from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.template import Context
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from shared import fields as dressing
from shared import navigation as entries
from shared.components import Job, Month, Node, Table
from shared.components.badges import ICONS, badge
from shared.views.display import COOKIE

register = template.Library()


# words of the page frame


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite; with a label it speaks, without one it is decoration."""
    voice = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html('<svg class="icon" {}><use href="{}#{}"></use></svg>', voice, static("built/icons.svg"), name)


@register.simple_tag(takes_context=True)
def nonce(context: Context) -> SafeString:
    value = getattr(context.get("request"), "csp_nonce", None)
    return format_html(' nonce="{}"', value) if value is not None else SafeString("")


@register.simple_tag(takes_context=True)
def is_large_type(context: Context) -> bool:
    request = context.get("request")
    return bool(request and request.COOKIES.get(COOKIE) == "large")


@register.simple_tag(takes_context=True)
def navigation(context: Context, area: str) -> list[entries.Item]:
    request: Any = context.get("request")
    if request is None:
        return []
    # Side and tabs show the same items; counts are asked once.
    known: dict[str, list[entries.Item]] = request.__dict__.setdefault("_navigation", {})
    if area not in known:
        known[area] = entries.items(area, request)
    return known[area]


@register.filter
def grouped(items: list[entries.Item]) -> list[tuple[str, list[entries.Item]]]:
    return entries.groups(items)


@register.simple_tag(takes_context=True)
def first_url(context: Context, *names: str) -> str:
    """The address of the first name this host knows, or nothing."""
    for name in names:
        try:
            return reverse(name, urlconf=getattr(context.get("request"), "urlconf", None))
        except NoReverseMatch:
            continue
    return ""


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """The present query string with some keys changed; None drops a key."""
    pairs = context["request"].GET.copy()
    for key, value in changes.items():
        if value in (None, ""):
            pairs.pop(key, None)
        else:
            pairs[key] = value
    return f"?{pairs.urlencode()}"


# components


@register.inclusion_tag("shared/components/page_header.html")
def page_header(
    title: str,
    lead: str = "",
    action_url: str = "",
    action: str = "",
    action_icon: str = "plus",
    crumbs: list[tuple[str, str]] | None = None,
) -> dict[str, Any]:
    """The page's one h1 and its one primary action. `crumbs` is [(label, url), …] above it."""
    return {
        "title": title,
        "lead": lead,
        "action_url": action_url,
        "action": action,
        "action_icon": action_icon,
        "crumbs": crumbs or [],
    }


@register.inclusion_tag("shared/components/table.html", takes_context=True)
def table(context: Context, table: Table) -> dict[str, Any]:
    return {"table": table, "request": context["request"], "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("shared/components/pages.html", takes_context=True)
def pages(context: Context, page: Page[Any], name: str = "page") -> dict[str, Any]:
    """Page links for a list that is not a table."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    links = [(n, query(context, **{name: n})) if isinstance(n, int) else (0, "") for n in numbers]
    return {"page": page, "links": links}


@register.inclusion_tag("shared/components/form.html", takes_context=True)
def form(
    context: Context,
    form: BaseForm,
    submit: str = "",
    cancel: str = "",
    action: str = "",
    method: str = "post",
    wide: bool = False,
    confirm: str = "",
) -> dict[str, Any]:
    """A whole form: error summary, fields, buttons."""
    return {
        "form": form,
        "submit": submit,
        "cancel": cancel,
        "action": action,
        "method": method,
        "wide": wide,
        "confirm": confirm,
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("shared/components/fields.html")
def fields(form: BaseForm) -> dict[str, Any]:
    """Error summary and fields without the form element."""
    return {"form": form}


@register.inclusion_tag("shared/components/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    return {"form": form}


@register.inclusion_tag("shared/components/field.html")
def field(bound: BoundField, label: str = "") -> dict[str, Any]:
    return {"field": bound, "label": label or bound.label, "shape": dressing.shape(bound)}


@register.simple_tag
def control(bound: BoundField) -> SafeString:
    """The bare input with our classes and its help and errors tied to it."""
    return dressing.control(bound)


@register.inclusion_tag("shared/components/steps.html")
def steps(items: list[Any], current: int) -> dict[str, Any]:
    """Wizard steps: `items` are labels or (label, url); `current` counts from 1."""
    pairs = [item if isinstance(item, (tuple, list)) else (item, "") for item in items]
    states = ["done" if n < current else "current" if n == current else "" for n in range(1, len(pairs) + 1)]
    return {"steps": [(label, url, state) for (label, url), state in zip(pairs, states, strict=True)]}


@register.inclusion_tag("shared/components/tree.html")
def tree(nodes: list[Node], label: str) -> dict[str, Any]:
    return {"nodes": nodes, "label": label, "level": 1}


@register.inclusion_tag("shared/components/job.html", takes_context=True)
def job(context: Context, job: Job) -> dict[str, Any]:
    return {"job": job, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("shared/components/timeline.html")
def timeline(items: list[Any]) -> dict[str, Any]:
    """Items with on, title, text, url, state (milestone, late, coming), by; dicts or objects."""
    return {"items": items}


@register.inclusion_tag("shared/components/stat.html")
def stat(
    label: str,
    value: Any,
    unit: str = "",
    target: Any = None,
    note: str = "",
    trend: Any = None,
    url: str = "",
    status: str = "",
    status_label: str = "",
) -> dict[str, Any]:
    """A number against its target. `trend` is a chart (sparkline or ring); None as value shows a dash."""
    return {
        "label": label,
        "value": value,
        "unit": unit,
        "target": target,
        "note": note,
        "trend": trend,
        "url": url,
        "status": status,
        "status_label": status_label,
    }


@register.inclusion_tag("shared/components/verdict.html")
def verdict(text: str, level: str = "") -> dict[str, Any]:
    """One sentence that says how things stand; level is good, late or empty."""
    return {"text": text, "icon": ICONS[level or "info"], "level": level}


@register.inclusion_tag("shared/components/chart.html")
def chart(chart: Any, unfolded: bool = False, caption: bool = True) -> dict[str, Any]:
    """A chart with its numbers in a table beside it."""
    return {"chart": chart, "unfolded": unfolded, "caption": caption}


@register.inclusion_tag("shared/components/qr.html")
def qr(svg: str, url: str = "", code: str = "", text: str = "", label: str = "") -> dict[str, Any]:
    """A QR code given as SVG, the same address in words, and a spoken code."""
    return {"svg": svg, "url": url, "code": code, "text": text, "label": label}


@register.inclusion_tag("shared/components/month.html")
def month(month: Month) -> dict[str, Any]:
    return {"month": month}


@register.inclusion_tag("shared/components/checklist.html")
def checklist(items: list[Any], url: str = "") -> dict[str, Any]:
    """Items with title, text, done, url, action; `url` is a fragment polled so that ticks appear by themselves."""
    return {"items": items, "url": url}


@register.simple_tag
def status(label: str, level: str = "", icon: str = "") -> SafeString:
    """A state as icon and word; level is good, late, info, gold, bad or empty."""
    return badge(label, level, icon)


@register.inclusion_tag("shared/components/empty.html")
def empty(title: str, text: str = "", url: str = "", label: str = "", icon: str = "inbox") -> dict[str, Any]:
    return {"title": title, "text": text, "url": url, "label": label, "icon": icon}


@register.inclusion_tag("shared/components/tabs.html", takes_context=True)
def tabs(context: Context, items: list[tuple[Any, ...]], label: str = "") -> dict[str, Any]:
    """Tabs are links: [(label, url)] or [(label, url, count)]; the one of the present path is current."""
    request = context.get("request")
    here = {request.path, request.get_full_path()} if request else set()
    made = [(item[0], item[1], item[2] if len(item) > 2 else None, item[1] in here) for item in items]
    return {"tabs": made, "label": label}


@register.inclusion_tag("shared/components/copy.html")
def copy(text: str, name: str, label: str) -> dict[str, Any]:
    return {"text": text, "id": name, "label": label}


@register.inclusion_tag("shared/components/confirm.html", takes_context=True)
def confirm(
    context: Context,
    label: str,
    url: str,
    question: str,
    phrase: str = "",
    danger: bool = True,
    icon: str = "",
    name: str = "",
    value: str = "",
    small: bool = False,
) -> dict[str, Any]:
    """A button that asks first; the view it posts to must use `shared.confirmation.ask`."""
    return {
        "label": label,
        "url": url,
        "question": question,
        "phrase": phrase,
        "danger": danger,
        "icon": icon,
        "name": name,
        "value": value,
        "small": small,
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("shared/components/note.html")
def note(text: str, level: str = "", url: str = "", label: str = "") -> dict[str, Any]:
    """A remark inside the page, with one link to act; level is good, late, gold or empty."""
    return {"text": text, "level": level, "icon": ICONS[level or "info"], "url": url, "label": label}
