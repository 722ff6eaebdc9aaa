"""One shape for lists and one for errors, over every endpoint (RFC 9457's fields)."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as ModelError
from django.db import transaction
from django.http import Http404
from rest_framework import exceptions, status
from rest_framework.pagination import PageNumberPagination
from rest_framework.response import Response
from rest_framework.views import exception_handler

from shared.refusals import Refusal


class Pages(PageNumberPagination):
    """`?page=2&size=50`; at most 200 rows a page."""

    page_size = 50
    page_size_query_param = "size"
    max_page_size = 200


def problem(error: Exception, context: dict[str, Any]) -> Response | None:
    """Answer every error as `{code, message, fields?}`; what the request had begun to write is undone.

    `fields` maps a field's name to its list of messages. None for an error that is ours: that becomes a 500.
    """
    if isinstance(error, Refusal):
        answer: Response | None = Response({"code": error.code, "message": str(error)}, status=error.status)
    elif isinstance(error, ModelError):
        fields = error.message_dict if hasattr(error, "error_dict") else {"non_field_errors": error.messages}
        answer = _invalid(fields)
    elif isinstance(error, exceptions.ValidationError):
        answer = _invalid(error.detail if isinstance(error.detail, dict) else {"non_field_errors": error.detail})
    else:
        answer = exception_handler(error, context)
        if answer is not None:
            answer.data = {"code": _code(error), "message": str(getattr(error, "detail", None) or error)}
    if answer is not None and transaction.get_connection().in_atomic_block:
        transaction.set_rollback(True)
    return answer


def _invalid(fields: Any) -> Response:
    body = {"code": "invalid", "message": "", "fields": fields}
    flat = [str(text) for texts in fields.values() for text in (texts if isinstance(texts, list) else [texts])]
    body["message"] = " ".join(flat)
    return Response(body, status=status.HTTP_400_BAD_REQUEST)


def _code(error: Exception) -> str:
    if isinstance(error, Http404):
        return "not_found"
    if isinstance(error, PermissionDenied):
        return "permission_denied"
    return str(getattr(error, "default_code", "error"))
