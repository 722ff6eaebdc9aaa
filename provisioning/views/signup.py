"""The screens of a sign-up."""

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from provisioning import cookies, forms, notices, steps
from provisioning.actions import codes, signups
from provisioning.models import Signup
from provisioning.opening import SlugTaken
from provisioning.suggestions import suggest
from shared.addresses import client_address
from shared.clock import now
from shared.codes import PROVINCES
from shared.http import Request
from shared.refusals import Refusal

Build = Callable[[Request, Signup | None], django_forms.Form]


def _simple(form: type[django_forms.Form], *fields: str) -> Build:
    """A screen whose fields are the sign-up's own."""

    def build(request: Request, signup: Signup | None) -> django_forms.Form:
        initial = {field: getattr(signup, field) for field in fields} if signup else {}
        return form(request.POST or None, initial=initial)

    return build


def _credit_code(request: Request, signup: Signup | None) -> django_forms.Form:
    initial = {"credit_code": signup.credit_code, "no_code": signup.no_code} if signup else {}
    return forms.CreditCodeForm(request.POST or None, initial=initial, kind=signup.kind if signup else "")


def _address(request: Request, signup: Signup | None) -> django_forms.Form:
    initial = {"slug": request.GET.get("slug") or (signup.slug if signup else "")}
    return forms.AddressForm(request.POST or None, initial=initial)


def _notice(request: Request, signup: Signup | None) -> django_forms.Form:
    version = notices.AGREED_VERSION
    return forms.NoticeForm(request.POST or None, initial={"version": version}, version=version)


_FORMS: dict[str, Build] = {
    "name": _simple(forms.NameForm, "name"),
    "kind": _simple(forms.KindForm, "kind"),
    "credit-code": _credit_code,
    "place": _simple(forms.PlaceForm, "region", "stated_members"),
    "contact": _simple(forms.ContactForm, "contact_name", "email", "phone"),
    "code": _simple(forms.VerificationForm),
    "address": _address,
    "notice": _notice,
}


@never_cache
def begin(request: Request) -> HttpResponse:
    """Where every 开通 button leads: on to the screen that is next."""
    signup = cookies.held(request)
    if signup and signup.opening_id:
        return redirect("provisioning:progress")
    return redirect("provisioning:step", name=steps.next_of(signup))


@never_cache
@require_http_methods(["GET", "POST"])
def step(request: Request, name: str) -> HttpResponse:
    """One screen. A screen whose turn has not come leads to the one that has."""
    if name not in steps.BY_NAME:
        raise Http404
    if name == "confirm" and request.method == "POST":
        return _confirm(request)
    signup = cookies.held(request)
    if signup and signup.opening_id:
        return redirect("provisioning:progress")
    if not steps.is_reachable(signup, name):
        return _lead_on(request, signup)
    if name == "confirm" and signup:
        return _show_all(request, signup)
    if name == "code" and signup and signup.verified_at:
        return redirect("provisioning:step", name=steps.next_of(signup))
    form = _FORMS[name](request, signup)
    if request.method == "POST" and form.is_valid():
        try:
            signup = _take(request, signup, name, form)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return cookies.hold(redirect("provisioning:step", name=steps.next_of(signup)), signup)
    return _show(request, signup, name, form)


def _take(request: Request, signup: Signup | None, name: str, form: django_forms.Form) -> Signup:
    if signup is None:
        signup = signups.begin(language=get_language() or "zh-hans", at=now())
    if name == "notice":
        return signups.agree(signup, at=now())
    if name == "code":
        codes.check_code(signup, form.cleaned_data["code"], at=now())
        return signup
    signup = signups.answer(signup, name, form.cleaned_data)
    # Coming back to the screen without changing the address sends nothing: the last code may still be typed.
    if name == "contact" and not signup.verified_at and not signup.code_sent_at:
        codes.send_code(signup, address=client_address(request), at=now())
    return signup


def _show(request: Request, signup: Signup | None, name: str, form: django_forms.Form) -> HttpResponse:
    values: dict[str, Any] = {"form": form, "signup": signup, **_frame(name)}
    if name == "address" and signup:
        values["suggestions"] = suggest(signup.name)
    if name == "code" and signup:
        values["seconds_to_wait"] = codes.seconds_to_wait(signup, at=now())
    if name == "notice":
        values["notices"] = [notices.PRIVACY, notices.TERMS]
    return render(request, [f"provisioning/signup/{name}.html", "provisioning/signup/step.html"], values)


def _frame(name: str) -> dict[str, Any]:
    place = steps.place_of(name)
    return {
        "step": steps.BY_NAME[name],
        "labels": [step.label for step in steps.STEPS],
        "place": place,
        "back": steps.STEPS[place - 2].name if place > 1 else "",
    }


def _lead_on(request: Request, signup: Signup | None) -> HttpResponse:
    """To the screen whose turn it is."""
    if signup is None and request.method == "POST":
        messages.info(request, _("没有找到你之前填写的内容（可能已超过三十天，或浏览器清除了记录），请重新开始。"))
    return redirect("provisioning:step", name=steps.next_of(signup))


def _show_all(request: Request, signup: Signup) -> HttpResponse:
    """Everything that was said, once more."""
    province = PROVINCES.get(signup.region)
    values = {"signup": signup, "region": province.label(get_language() or "") if province else "", **_frame("confirm")}
    return render(request, "provisioning/signup/confirm.html", values)


def _confirm(request: Request) -> HttpResponse:
    """The last button. The sign-up is read once, under its lock; a second time only to say what is wrong."""
    try:
        made = signups.confirm(cookies.token(request), at=now())
    except (SlugTaken, ValidationError) as refusal:
        said = str(refusal) if isinstance(refusal, SlugTaken) else " ".join(refusal.messages)
        messages.error(request, _("{reason}其余内容都已保留。").format(reason=said))
        return _ask_again(request, "address")
    except signups.NotReady as refusal:
        signup = cookies.held(request)
        if steps.next_of(signup) != "confirm":
            return _lead_on(request, signup)
        messages.error(request, str(refusal))
        return _ask_again(request, "notice")
    except signups.AlreadyHere as refusal:
        messages.error(request, str(refusal))
        return redirect("provisioning:find")
    return redirect("provisioning:progress") if made else _lead_on(request, None)


def _ask_again(request: Request, name: str) -> HttpResponse:
    if signup := cookies.held(request):
        signups.ask_again(signup, name)
    return redirect("provisioning:step", name=name)


@never_cache
@require_POST
def resend(request: Request) -> HttpResponse:
    """Another code to the same address."""
    signup = cookies.held(request)
    if signup is None or signup.opening_id or not signup.has_answered("contact"):
        return redirect("provisioning:sign-up")
    try:
        codes.send_code(signup, address=client_address(request), at=now())
        messages.success(request, _("新的验证码已发出，之前的已失效。"))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("provisioning:step", name="code")


@never_cache
@require_POST
def start_over(request: Request) -> HttpResponse:
    """Throw away what was typed. An opening that was already asked for goes on."""
    signup = cookies.held(request)
    if signup and not signup.opening_id:
        signup.delete()
    messages.info(request, _("已清除，可以重新开始。"))
    return cookies.let_go(redirect("provisioning:sign-up"))
