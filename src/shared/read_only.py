"""A workspace at rest (只读): looked at and taken away, never written, whichever page is asked for."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from shared.refusals import Refusal

Handler = Callable[[HttpRequest], HttpResponse]
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class WorkspaceReadOnly(Refusal):
    message = _("本单位的工作空间目前只读，可以查看和导出，不能新增或修改。请联系服务方恢复。")


class ReadOnlyMiddleware:
    """Refuses every request that would write while the workspace is read-only, pages and API alike."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        workspace = getattr(request, "workspace", None)
        if workspace is None or not workspace.read_only:
            return self.get_response(request)
        if request.method in SAFE or request.path.startswith(settings.READ_ONLY_OPEN):
            return self.get_response(request)
        refusal = WorkspaceReadOnly()
        if request.path.startswith("/api/"):
            return JsonResponse({"code": refusal.code, "message": str(refusal)}, status=refusal.status)
        return render(request, "shared/refused.html", {"refusal": refusal}, status=refusal.status)
