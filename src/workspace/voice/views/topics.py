"""Questions and ideas: the list, asking, one topic with its talk."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shared.clock import now, today
from shared.components import Column, Empty, Table
from shared.components.badges import badge
from shared.http import Request
from shared.refusals import Refusal
from workspace.access.queries import may
from workspace.voice.actions import answering, asking
from workspace.voice.forms import AskForm, DecisionForm, ReplyForm, TopicFilters
from workspace.voice.models import Topic
from workspace.voice.queries import lists
from workspace.voice.queries.visibility import ANSWER, topic_seen_by, topic_to_answer


@login_required
@require_safe
def index(request: Request, tab: str = "open") -> HttpResponse:
    """`open`, `answered` or `mine`."""
    if tab not in lists.TABS:
        raise Http404
    filters = TopicFilters(request.GET)
    filters.is_valid()
    said = filters.cleaned_data
    rows = lists.topics(request.user, tab, kind=said.get("kind", ""), words=said.get("q", ""))
    empty = Empty(
        title=_("这里还没有内容"),
        text=_("有疑问、有想法，提出来；每一个都会在七天内得到答复。"),
        url=reverse("voice:ask"),
        label=_("我要提"),
        icon="messages",
    )
    on = today()
    columns = [
        Column(name="title", label=_("标题"), link=lambda t: reverse("voice:topic", args=[t.pk])),
        Column(name="kind", label=_("类别"), value=lambda t: str(t.get_kind_display())),
        Column(name="unit", label=_("答复单位")),
        Column(name="by", label=_("提出人"), value=lambda t: t.by.name if t.by else ""),
        Column(name="said", label=_("回复"), kind="number"),
        Column(name="state", label=_("进展"), value=lambda t: badge(*state_of(t, on))),
    ]
    table = Table(request, rows, columns, caption=_("提问与建议"), filters=filters, empty=empty)
    overdue = lists.overdue_for(request.user, on=on)
    context = {"table": table, "tabs": _tabs(request), "overdue": overdue}
    return render(request, "voice/index.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def ask(request: Request) -> HttpResponse:
    kind = request.GET.get("kind", "")
    initial = {"kind": kind if kind in Topic.Kind.values else Topic.Kind.QUESTION.value}
    form = AskForm(request.POST or None, by=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        try:
            topic = asking.ask(said.pop("unit"), **said, by=request.user, at=now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            done = _("已送达「{unit}」，最迟 {due} 答复。")
            messages.success(request, done.format(unit=topic.unit, due=f"{topic.due:%Y-%m-%d}"))
            return redirect("voice:topic", topic.pk)
    return render(request, "voice/ask.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_safe
def topic(request: Request, pk: int) -> HttpResponse:
    """What was asked, what was said, and for those who answer, the ways to do it."""
    return _page(request, topic_seen_by(request.user, pk))


@login_required
@require_POST
def reply(request: Request, pk: int) -> HttpResponse:
    found = topic_seen_by(request.user, pk)
    form = ReplyForm(request.POST, prefix="reply")
    if not form.is_valid():
        return _page(request, found, reply=form)
    asking.reply(found, text=form.cleaned_data["text"], by=request.user, at=now())
    messages.success(request, _("已回复。"))
    return redirect("voice:topic", found.pk)


@login_required
@require_POST
def answer(request: Request, pk: int) -> HttpResponse:
    """The official answer."""
    found = topic_to_answer(request.user, pk)
    form = ReplyForm(request.POST, prefix="answer")
    if not form.is_valid():
        return _page(request, found, answer=form)
    answering.answer(found, text=form.cleaned_data["text"], by=request.user, at=now())
    messages.success(request, _("已答复，并告知提出人。"))
    return redirect("voice:topic", found.pk)


@login_required
@require_POST
def decide(request: Request, pk: int) -> HttpResponse:
    """`decision` is adopt or decline."""
    found = topic_to_answer(request.user, pk)
    form = DecisionForm(request.POST, prefix="decision")
    if not form.is_valid():
        return _page(request, found, decision=form)
    verb = answering.adopt if request.POST.get("decision") == "adopt" else answering.decline
    verb(found, reason=form.cleaned_data["reason"], by=request.user, at=now())
    messages.success(request, _("已记录结果，并告知提出人。"))
    return redirect("voice:topic", found.pk)


def state_of(topic: Topic, on: Any) -> tuple[str, str]:
    """(words, level of the badge)"""
    if topic.adopted_at:
        return _("已采纳"), "gold"
    if topic.declined_at:
        return _("未采纳，已说明理由"), "info"
    if not topic.is_open:
        return _("已答复"), "good"
    if topic.is_overdue(on):
        return _("超期 {days} 天").format(days=(on - topic.due).days), "late"
    return _("最迟 {due} 答复").format(due=f"{topic.due:%m-%d}"), ""


def _page(request: Request, topic: Topic, **forms: Any) -> HttpResponse:
    said = lists.replies(topic)
    context = {
        "topic": topic,
        "state": state_of(topic, today()),
        "replies": said,
        "may_answer": may(request.user, ANSWER, topic.unit),
        "may_decide": topic.kind == Topic.Kind.IDEA and not (topic.adopted_at or topic.declined_at),
        "reply_form": forms.get("reply") or ReplyForm(prefix="reply"),
        "answer_form": forms.get("answer") or ReplyForm(prefix="answer"),
        "decision_form": forms.get("decision") or DecisionForm(prefix="decision"),
    }
    return render(request, "voice/topic.html", context, status=422 if forms else 200)


def _tabs(request: Request) -> list[tuple[str, str, int]]:
    counts = lists.counts(request.user)
    labels = {"open": _("待答复"), "answered": _("已答复"), "mine": _("我提的")}
    urls = {"open": reverse("voice:index"), **{t: reverse("voice:tab", args=[t]) for t in ("answered", "mine")}}
    return [(labels[tab], urls[tab], counts[tab]) for tab in lists.TABS]
