"""Every component on one page, while building; not mounted on a server."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from shared.confirmation import ask
from shared.identity.pinyin import name_pinyin
from shared.views import samples


def page(request: HttpRequest) -> HttpResponse:
    """The guide; `?frame=workspace|console|public` shows it in each frame, `?toast=1` says something."""
    frame = request.GET.get("frame", "workspace")
    if frame not in {"workspace", "console", "public"}:
        raise Http404
    if request.GET.get("toast"):
        messages.success(request, _("已保存。"))
        messages.error(request, _("请输入六位数字。"))
    form = samples.Sample(request.POST if request.method == "POST" else None)
    context = {
        "frame": f"shared/{frame}.html",
        "form": form,
        "table": samples.table(request),
        "tree": samples.nodes(request.GET.get("open", "")),
        "job": samples.job(30),
        "month": samples.month(localdate()),
        "timeline": samples.timeline(),
        "checklist": samples.checklist(),
        "charts": samples.pictures(),
        "steps": [("单位", "#1"), ("联系人", "#2"), "验证", "开通"],
        "crumbs": [("首页", "/"), ("组件", "")],
        "tabs": [("全部", request.path), ("待办", "#todo", 3), ("已办", "#done")],
    }
    return render(request, "shared/styleguide.html", context)


def part(request: HttpRequest, part: str) -> HttpResponse:
    """Fragments that the guide's components ask for."""
    if part == "job":
        at = request.GET.get("at", "")
        job = samples.job(min(int(at), 100) if at.isdigit() else 0)
        return render(request, "shared/components/job.html", {"job": job})
    if part == "branches":
        return render(request, "shared/components/tree_items.html", {"nodes": samples.lazy()})
    if part == "people":
        words = request.GET.get("q", "").lower()
        found = [p for p in samples.PEOPLE if words in p.name or name_pinyin(p.name).initials.startswith(words)]
        return JsonResponse({"results": [{"value": p.pk, "text": p.name, "detail": p.unit} for p in found]})
    if part == "confirm":
        back = "/styleguide/"
        asked = ask(request, title="解散党支部", message="解散后，历史记录保留。", phrase="机关第一党支部", back=back)
        if asked:
            return asked
        messages.success(request, _("已保存。"))
        return redirect(back)
    raise Http404
