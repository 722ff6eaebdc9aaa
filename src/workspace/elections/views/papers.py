"""What goes up to the level above, and its answer."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shared.clock import today
from shared.confirmation import ask as confirm
from shared.http import Request
from workspace.elections.actions import papers
from workspace.elections.actions.papers import NothingAsked
from workspace.elections.forms.papers import AskForm, DecideForm, PostponeForm
from workspace.elections.models import Election
from workspace.elections.models.papers import APPROVED, About
from workspace.elections.queries.above import committee_above
from workspace.elections.queries.visibility import election_to_decide, election_to_handle
from workspace.elections.views.stepping import stepping
from workspace.organization.terms import term_of


@login_required
@require_http_methods(["GET", "POST"])
def asking(request: Request, pk: int, about: str) -> HttpResponse:
    """`request`, `candidates`, `result` or `postponement`."""
    if about not in About.values:
        raise Http404
    found = election_to_handle(request.user, pk)
    kind = PostponeForm if about == About.POSTPONEMENT else AskForm
    form = kind(request.POST or None, initial={"on": today(), "note": _proposed(found, about)})

    def act(said: AskForm) -> str:
        papers.ask(found, about, **said.cleaned_data, by=request.user, today=today())
        return _("已报送，等待上级批复。")

    title = _("报送：{what}").format(what=About(about).label)
    words = {"title": title, "submit": _("报送上级"), "note": _to_whom(found), "term": term_of(found.unit)}
    return stepping(request, found, form, act, words, template="elections/asking.html")


@login_required
@require_http_methods(["GET", "POST"])
def decision(request: Request, pk: int) -> HttpResponse:
    """Agree, or send back with a reason."""
    found = election_to_decide(request.user, pk)
    if request.method == "GET" and found.is_running and not found.asks:
        raise NothingAsked
    form = DecideForm(request.POST or None, initial={"on": today(), "decision": APPROVED})

    def act(said: DecideForm) -> str:
        given = said.cleaned_data
        agreed = given["decision"] == APPROVED
        papers.decide(
            found,
            approve=agreed,
            on=given["on"],
            number=given["number"],
            reason=given["reason"],
            by=request.user,
            today=today(),
        )
        return _("已批复。") if agreed else _("已退回。")

    title = _("批复：{what}").format(what=found.get_asks_display())
    note = _("同意后，原任职务到党员大会当天为止，新任职务同日起算。") if found.asks == About.RESULT else ""
    words = {"title": title, "submit": _("提交批复"), "note": note, "paper": found.sheets[-1] if found.asks else None}
    return stepping(request, found, form, act, words, template="elections/decision.html")


@login_required
@require_http_methods(["GET", "POST"])
def withdrawal(request: Request, pk: int) -> HttpResponse:
    """Take the open question back."""
    found = election_to_handle(request.user, pk)
    question = confirm(
        request,
        title=_("撤回报送"),
        message=_("撤回之后可以修改，再重新报送。"),
        label=_("撤回"),
        back=f"/elections/{found.pk}/",
    )
    if question:
        return question
    papers.withdraw(found, by=request.user)
    return redirect("elections:election", found.pk)


def _proposed(found: Election, about: str) -> str:
    return found.reason if about == About.REQUEST else ""


def _to_whom(found: Election) -> str:
    above = committee_above(found.unit)
    if above is None:
        return _("上级党组织不在本系统中：先在这里登记报送，收到批复后由您登记批复的文号和日期。")
    return _("报送给{above}，对方会收到待办和消息。").format(above=above)
