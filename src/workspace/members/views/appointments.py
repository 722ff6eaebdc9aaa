"""Posts of a unit: fill one, end one, see who held them."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shared.clock import today
from shared.refusals import Refusal
from workspace.access.queries import may
from workspace.accounts.models import User
from workspace.members.actions import appointments as actions
from workspace.members.forms.appointments import AppointmentForm, EndingForm
from workspace.members.models import Appointment
from workspace.members.queries import appointments as queries
from workspace.organization.models import Unit
from workspace.organization.visibility import unit_for


@login_required
@require_safe
def posts(request: HttpRequest, unit_pk: int) -> HttpResponse:
    """Everybody who holds or held a post here."""
    user = _who(request)
    unit = unit_for(user, unit_pk)
    context = {
        "unit": unit,
        "crumbs": _crumbs(unit),
        "holders": queries.holders(unit, on=today()),
        "former": queries.former(unit, on=today()),
        "may_change": may(user, "member.change", unit),
    }
    return render(request, "members/posts/posts.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, unit_pk: int) -> HttpResponse:
    """Give a member a post."""
    user = _who(request)
    unit = unit_for(user, unit_pk, to="member.change")
    sitting = queries.secretary_of(unit)
    electable = queries.electable(unit)
    form = AppointmentForm(
        request.POST or None,
        electable=electable,
        posts=_posts_to_fill(unit, user),
        has_secretary=sitting is not None,
        initial={"since": today(), "post": request.GET.get("post")},
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.appoint(
                given["member"],
                unit=unit,
                post=given["post"],
                since=given["since"],
                by=user,
                replacing=given.get("replacing", False),
            )
        except Refusal as refusal:
            form.add_error("post" if isinstance(refusal, actions.SecretarySitting) else None, str(refusal))
        else:
            text = _("{member}已担任{post}。").format(member=made.member, post=made.get_post_display())
            messages.success(request, text)
            return redirect("organization:unit", unit.pk)
    context = {
        "form": form,
        "unit": unit,
        "crumbs": _crumbs(unit),
        "sitting": sitting,
        "has_electable": electable.exists(),
    }
    return render(request, "members/posts/new.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def ending(request: HttpRequest, pk: int) -> HttpResponse:
    """End a post on a day."""
    user = _who(request)
    held = Appointment.objects.select_related("unit", "member").filter(pk=pk).first()
    if held is None:
        raise Http404
    unit = unit_for(user, held.unit_id, to="member.change")
    form = EndingForm(request.POST or None, initial={"on": today()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.end(held, on=form.cleaned_data["on"], by=user)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            text = _("已免去{member}的{post}职务。").format(member=held.member, post=held.get_post_display())
            messages.success(request, text)
            return redirect("organization:unit", unit.pk)
    context = {"form": form, "held": held, "unit": unit, "crumbs": _crumbs(unit)}
    return render(request, "members/posts/ending.html", context, status=422 if form.errors else 200)


def _posts_to_fill(unit: Unit, user: User) -> list[tuple[str, str]]:
    own = may(user, "unit.change", unit)
    return [(post.value, str(post.label)) for post in Appointment.Post if own or post not in queries.APPROVED_ABOVE]


def _crumbs(unit: Unit) -> list[tuple[str, str]]:
    return [(_("组织"), reverse("organization:tree")), (str(unit), reverse("organization:unit", args=[unit.pk]))]


def _who(request: HttpRequest) -> User:
    return cast(User, request.user)
