"""How somebody takes part."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shared.http import Request
from workspace.appraisal.actions.locking import WritingIsOver
from workspace.appraisal.actions.people import NotOnTheList, place
from workspace.appraisal.forms.people import PlaceForm
from workspace.appraisal.queries.progress import is_writing
from workspace.appraisal.queries.visibility import appraisal_to_handle
from workspace.appraisal.views.stepping import stepping


@login_required
@require_http_methods(["GET", "POST"])
def person(request: Request, pk: int, member: int) -> HttpResponse:
    """Excused, or not graded, with a reason; or as the register says."""
    found = appraisal_to_handle(request.user, pk)
    whom = found.person(member)
    if whom is None:
        raise NotOnTheList
    if request.method == "GET" and found.is_running and not is_writing(found):
        raise WritingIsOver
    form = PlaceForm(request.POST or None, person=whom)

    def act(said: PlaceForm) -> str:
        made = place(found, member, said.change(), by=request.user)
        return _("已保存：{name}，{part}。").format(name=made.name, part=made.part_label)

    return stepping(request, found, form, act, {"title": whom.name, "submit": _("保存")})
