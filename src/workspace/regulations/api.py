"""`/api/v1/rules/`: the rules of a day with their articles, marks and figures, as on the page."""

from typing import Any, ClassVar

from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers, viewsets
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import BaseRouter

import rules
from rules.rule import Severity, Tier, Verification
from rules.uses import uses_of
from rules.wording import figures
from workspace.accounts.scopes import HasScope
from workspace.regulations import queries
from workspace.regulations.forms import RuleFilters


class PhraseSerializer(serializers.Serializer[Any]):
    """The same words in Chinese and English."""

    zh = serializers.CharField()
    en = serializers.CharField()


class RuleSerializer(serializers.Serializer[rules.Rule]):
    """One version of a rule. `verification` C means that the wording still has to be checked (待核实)."""

    key = serializers.CharField(help_text="Names this very version; a case keeps it.")
    code = serializers.CharField()
    document = serializers.CharField()
    number = serializers.CharField(help_text="文号; empty where it is not known.")
    article = serializers.CharField()
    citation = serializers.CharField()
    summary = serializers.CharField()
    summary_en = serializers.CharField()
    effective_from = serializers.DateField()
    effective_to = serializers.DateField(allow_null=True)
    tier = serializers.ChoiceField([one.value for one in Tier])
    severity = serializers.ChoiceField([one.value for one in Severity])
    verification = serializers.ChoiceField([one.value for one in Verification])
    needs_verification = serializers.BooleanField()
    applies_when = serializers.ListField(child=serializers.CharField())
    parameters = serializers.SerializerMethodField()
    figures = serializers.SerializerMethodField()
    may_be_tightened = serializers.SerializerMethodField()
    used_in = serializers.SerializerMethodField()
    # `Field.source` is a text; here it is a field of that name
    source = serializers.CharField()  # type: ignore[assignment]

    @extend_schema_field(OpenApiTypes.OBJECT)
    def get_parameters(self, rule: rules.Rule) -> dict[str, Any]:
        """The figures as data."""
        return {name: _plain(value) for name, value in rule.parameters.items()}

    @extend_schema_field(PhraseSerializer(many=True))
    def get_figures(self, rule: rules.Rule) -> list[dict[str, str]]:
        """The figures in words."""
        return [{"zh": chinese, "en": english} for chinese, english in figures(rule)]

    @extend_schema_field(OpenApiTypes.OBJECT)
    def get_may_be_tightened(self, rule: rules.Rule) -> dict[str, str]:
        """Which figures a workspace may make stricter, and which way."""
        return {name: way.value for name, way in rule.tighten.items()}

    @extend_schema_field(PhraseSerializer(many=True))
    def get_used_in(self, rule: rules.Rule) -> list[dict[str, str]]:
        """What the product does because of the rule."""
        return [{"zh": use.label, "en": use.label_en} for use in uses_of(rule.code)]


class RuleViewSet(viewsets.ViewSet):
    """What the regulations say (规则依据), by day. The same for everybody; nothing of a workspace is in it."""

    permission_classes = (IsAuthenticated, HasScope)
    scope: ClassVar[dict[str, str]] = {"read": "rules:read"}
    lookup_field = "code"
    lookup_value_converter = "str"

    @extend_schema(
        parameters=[
            OpenApiParameter("on", OpenApiTypes.DATE, description="The day; without it today."),
            OpenApiParameter("standing", str, enum=["future", "past", "all"], description="Without it those in force."),
            OpenApiParameter("q", str, description="Words that the rule, its document or its figures contain."),
            OpenApiParameter("document", str, description="The title of a regulation."),
            OpenApiParameter("tier", str, enum=[one.value for one in Tier]),
            OpenApiParameter("mark", str, enum=[one.value for one in Verification]),
            OpenApiParameter("use", str, description="What it is used for, in English; - for nothing yet."),
        ],
        responses=RuleSerializer(many=True),
    )
    def list(self, request: Request) -> Response:
        """Every rule asked for."""
        filters = RuleFilters(request.query_params)
        if not filters.is_valid():
            raise serializers.ValidationError(
                {name: [str(text) for text in texts] for name, texts in filters.errors.items()}
            )
        chosen: Any = queries.found(filters.wanted)
        return Response(RuleSerializer(chosen, many=True).data)

    @extend_schema(operation_id="rules_versions", responses=RuleSerializer(many=True))
    def retrieve(self, request: Request, code: str) -> Response:
        """Every version of one rule, oldest first."""
        try:
            versions: Any = queries.book().versions(code)
        except rules.UnknownRule:
            raise Http404 from None
        return Response(RuleSerializer(versions, many=True).data)


def _plain(value: Any) -> Any:
    """Rules are frozen through and through; JSON wants plain lists and tables."""
    if hasattr(value, "items"):
        return {name: _plain(inner) for name, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, tuple) else value


def register(router: BaseRouter) -> None:
    """This app's resources under `/api/v1/`."""
    router.register("rules", RuleViewSet, basename="rule")
