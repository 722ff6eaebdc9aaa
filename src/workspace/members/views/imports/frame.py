"""What every page of the wizard shares."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from workspace.accounts.models import User
from workspace.members.models import Batch
from workspace.members.queries.batches import batch_for, may_import

UPLOAD, COLUMNS, REVIEW, RUN, RESULT = 1, 2, 3, 4, 5


def importer(request: HttpRequest) -> User:
    """The person, who may import somewhere. Raises MayNotImport."""
    return may_import(request.user)  # type: ignore[arg-type]


def batch_of(request: HttpRequest, pk: int) -> Batch:
    """The import with this key. Raises MayNotImport; Http404 for one that is not theirs to see."""
    return batch_for(importer(request), pk)


def place(batch: Batch) -> str:
    """Where this import stands now."""
    names = {
        Batch.State.MAPPING: "members:import-columns",
        Batch.State.JUDGING: "members:import-progress",
        Batch.State.REVIEW: "members:import-review",
        Batch.State.RUNNING: "members:import-progress",
    }
    return reverse(names.get(Batch.State(batch.state), "members:import-result"), args=[batch.pk])


def elsewhere(batch: Batch, *states: str) -> HttpResponse | None:
    """A redirect to where the import stands, when this page is not for that."""
    return None if batch.state in states else redirect(place(batch))


def page(
    request: HttpRequest, template: str, step: int, batch: Batch | None = None, *, status: int = 200, **context: Any
) -> HttpResponse:
    """A page of the wizard with its steps on top."""
    columns = reverse("members:import-columns", args=[batch.pk]) if batch and batch.is_open else ""
    steps = [(_("选择文件"), ""), (_("核对列"), columns), (_("试算"), ""), (_("导入"), ""), (_("完成"), "")]
    context |= {"steps_items": steps, "step": step, "batch": batch}
    return render(request, f"members/imports/{template}.html", context, status=status)
