"""The measured view: n queries by primary key, then a short text."""

from django.http import HttpRequest, HttpResponse

from benchmarks.notes.models import Note


def read(request: HttpRequest, queries: int) -> HttpResponse:
    titles = [Note.objects.get(pk=pk).title for pk in range(1, queries + 1)]
    return HttpResponse("\n".join(titles))
