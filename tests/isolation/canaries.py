"""A bird in every cage: fill every table of a workspace, then put the workspace's canary into every text column.

Both workspaces of the cast are filled alike, row by row and key by key, so that whatever reaches across finds something
there. What a column may hold (a code, a digest, a path) and so carries no canary is listed here with the reason.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Cast, Concat, Left

from rules.rulebook import rulebook
from shared.clock import now, today
from tenants import context
from tenants.models import Tenant
from tests.support import year
from workspace.accounts.models import User
from workspace.activities.models import Activity
from workspace.audit.models import Entry
from workspace.learning.models import StudyRecord
from workspace.members.models import Member
from workspace.organization.models import Unit

# Letters only and all small, so that no program that folds, spells, quotes or encodes a text hides them.
CANARY = {"jia": "kanarjia", "yan": "kanaryan"}
# The middle of every phone number of a workspace.
PHONE = {"jia": "771234", "yan": "778765"}
SHORT = len(CANARY["jia"])  # characters; a shorter column holds a code, not words

# Columns that words would break, and why no canary is missed there.
SILENT = {
    "accounts.User.password": "a hash", "accounts.User.username": "signed in with",
    "accounts.User.past_passwords": "hashes", "accounts.User.email": "an address of its own below",
    "accounts.User.phone": "a number of its own below", "accounts.Factor.secret": "sealed",
    "accounts.Factor.recovery": "hashes", "accounts.Session.session_key": "the cookie",
    "accounts.Session.session_data": "signed", "accounts.Token.digest": "a digest",
    "accounts.Token.scopes": "codes", "audit.Entry.verb": "a code", "audit.Entry.kind": "a code",
    "audit.Entry.thing": "a key", "audit.Entry.role": "codes", "audit.Entry.address": "an address",
    "audit.Entry.request": "an id", "organization.Unit.path": "the tree",
    "organization.Unit.contact_phone": "a number of its own below", "organization.Unit.notes": "codes and days",
    "members.Member.phone": "a number of its own below",
    "members.Member.citizen_number": "a number of its own below", "members.Member.found_by": "words of name and phone",
    "access.Grant.role": "a code", "access.Grant.only": "codes",
    "access.OwnRole.verbs": "codes",
    "activities.Activity.check_in_seed": "random", "activities.Activity.kinds": "codes",
    "activities.Activity.aims": "codes", "activities.Activity.online_url": "an address of its own below",
    "activities.CalendarFeed.digest": "a digest", "activities.Vote.kind": "a code",
    "activities.Vote.rule_key": "a code", "activities.Obligation.rule_code": "a code",
    "activities.Obligation.rule_key": "a code", "activities.Obligation.kinds": "codes",
    "activities.Obligation.period": "a code", "activities.Participation.wrong_codes": "times",
    "members.Batch.source": "a file, opened nowhere", "members.Batch.mapping": "codes",
    "members.Batch.unit_aliases": "keys", "members.Batch.defaults": "codes", "members.Batch.counts": "numbers",
    "members.Row.accepted": "codes", "members.Row.problems": "structured",
    "archives.Schedule.what": "a code", "archives.Schedule.terms": "structured", "archives.Schedule.runs": "structured",
    "archives.Schedule.agreed": "structured",
    "access.Consent.verb": "a code", "access.Consent.details": "structured",
    "development.Case.next_step": "a code", "development.Case.reminded": "a code", "development.Step.code": "a code",
    "transfers.Transfer.newcomer": "structured",
    "transfers.Transfer.letterhead": "structured", "transfers.Absence.contacts": "structured",
    "elections.Election.papers": "structured", "elections.Election.roll": "structured",
    "elections.Election.candidates": "structured", "elections.Election.rounds": "structured",
    "elections.Election.posts": "structured", "elections.Election.asks": "a code",
    "appraisal.Appraisal.rule_key": "a code", "appraisal.Appraisal.people": "structured",
    "appraisal.Appraisal.reviews": "structured", "appraisal.Appraisal.opinions": "structured",
    "appraisal.Appraisal.box": "structured", "appraisal.Appraisal.ballot": "structured",
    "appraisal.Appraisal.verdicts": "structured",
    "indicators.Contest.dashboard": "a code", "indicators.Contest.item": "a code",
    "indicators.Contest.period": "a code",
}  # fmt: skip


def release(tenants: list[Tenant]) -> None:
    """Fill the workspaces alike and mark each with its own canary. Commits."""
    for tenant in tenants:
        with context.inside(tenant):
            populate()
            mark(CANARY[tenant.slug], phone=PHONE[tenant.slug])


def tables() -> list[type[models.Model]]:
    """Every model of a workspace, those that others point to first."""
    names = set(settings.TENANT_APPS)
    found = [model for config in apps.get_app_configs() if config.name in names for model in config.get_models()]
    done: list[type[models.Model]] = []
    while found:
        ready = [model for model in found if _needs(model) <= {*done, model}]
        assert ready, f"a circle of keys: {found}"
        done += ready
        found = [model for model in found if model not in ready]
    return done


def _needs(model: type[models.Model]) -> set[Any]:
    return {f.related_model for f in model._meta.concrete_fields if isinstance(f, models.ForeignKey) and not f.null}


def populate() -> None:
    """A small year of organisation life, then a row in every table that is still empty."""
    root = Unit.objects.get(depth=1)
    branches = year.grow(root, general=1, branches=1, members=4)
    ours = Unit.objects.get(name="第一党支部")
    for member in Member.objects.filter(user__isnull=False):
        Member.objects.filter(pk=member.pk).update(category=Member.Category.FULL, joined_on=today().replace(day=1))
    year.live(Unit.objects.get(depth=1), [*branches, ours], on=today(), months=3)
    for model in tables():
        if not model._default_manager.exists():
            _row(model).save()


def _row(model: type[models.Model]) -> models.Model:
    """A row of a table, about the first branch and its secretary where it is about anybody."""
    values = {field.name: _value(field) for field in model._meta.concrete_fields if _is_asked(field)}
    return model(**{**values, **_particular(model)})


def _is_asked(field: Any) -> bool:
    return not (field.primary_key and not field.is_relation) and not field.has_default() and not field.null


def _value(field: Any) -> Any:
    if field.is_relation:
        return anchor(field.related_model)
    if field.choices:
        return field.choices[0][0]
    kinds: tuple[tuple[type, Any], ...] = (
        (models.DateTimeField, now()), (models.DateField, today()), (models.BooleanField, False),
        (models.DecimalField, 1), (models.IntegerField, 1), (models.BinaryField, b"x"), (models.EmailField, None),
    )  # fmt: skip
    for kind, value in kinds:
        if isinstance(field, kind):
            return value
    return f"{field.name}"[: getattr(field, "max_length", None) or 40]


def anchor(model: Any) -> Any:
    """The row of a table that is about the first branch and its secretary, or its first row."""
    if model is Unit:
        return Unit.objects.get(name__endswith="第一党支部")
    if model is User:
        return User.objects.get(username="secretary")
    if model is Member:
        return Member.objects.get(user__username="secretary")
    if model is Activity:
        return Activity.objects.filter(unit__name__endswith="第一党支部").order_by("pk").first()
    if model is StudyRecord:
        return StudyRecord.objects.filter(member__unit__name__endswith="第一党支部").order_by("pk").first()
    return model._default_manager.order_by("pk").first()


def _particular(model: type[models.Model]) -> dict[str, Any]:
    """What a constraint or a page asks of a row."""
    month = today().replace(day=1)
    return {
        "accounts.Session": {"expire_date": now() + timedelta(days=1), "session_key": "s" * 32},
        "access.Invitation": {"code": "246810", "expires_at": now() + timedelta(days=7), "needs_approval": True},
        "access.Consent": {"verb": "member.export", "by": User.objects.get(username="secretary"),
                           "details": {"rows": 3, "form": "csv", "query": {}}, "ends_at": now() + timedelta(days=7)},
        "organization.Change": {"after": {"name": "甲", "type": "631", "parent": None}, "kind": "renamed",
                                "basis": {"number": "7号"}, "others": [{"unit": 1, "name": "丙"}],
                                "before": {"name": "乙", "type": "631", "parent": None}},
        "archives.Schedule": {"what": "members", "terms": {"form": "csv", "every": "monthly", "day": 5, "people": [],
                              "reason": "月报"}, "next_on": today() + timedelta(days=20)},
        "access.OwnRole": {"verbs": ["member.view"]},
        "members.Batch": {"state": "review", "mapping": {"0": "name"}, "labels": ["姓名"], "as_of": today(),
                          "skipped": [[2, "empty", "空行"]]},
        "members.Correction": {"fields": {"job": ["旧岗位", "新岗位"]}},
        "members.Event": {"kind": "honoured", "details": {"title": "先进"}},
        "members.Row": {"values": {"name": "导入"}, "verdict": "new", "cells": ["导入"], "fixes": {"name": "导入"},
                        "changes": [{"field": "name", "old": "旧", "new": "新"}], "before": {"name": "旧"}},
        "activities.Vote": {"entitled": 3, "present": 3, "yes": 3, "no": 0, "abstain": 0, "passed": True,
                            "rule_key": "vote.ordinary@1", "kind": "ordinary"},
        "dues.Basis": {"since": month},
        "dues.Payment": {"month": month, "amount": 5},
        "learning.StudyRecord": {"source": "class", "hours": 8},
        "development.Case": {"opened_on": month, "materials": {"talk_record": {"on": "2026-01-05", "place": "柜"}}},
        "development.Step": {"code": "apply", "on": month, "details": {"note": "备注"}},
        "development.Quota": {"year": today().year},
        "transfers.Transfer": {"kind": "within", "person_name": "转接", "issued_on": today(), "valid_days": 30,
                               "expires_on": today() + timedelta(days=30), "year": today().year, "serial": 1,
                               "origin": anchor(Unit), "destination": anchor(Unit), "member": anchor(Member)},
        "transfers.Absence": {"contact_months": 3, "since": today(), "next_contact_on": today(),
                              "contacts": [{"on": today().isoformat(), "way": "phone", "by": "甲", "reached": True}]},
        "elections.Election": {"kind": "committee", "seats": 3, "planned_on": today(), "candidates": [],
                               "papers": [{"about": "request", "on": today().isoformat(), "by": "甲"}],
                               "asks": "request"},
        "appraisal.Appraisal": {"unit": anchor(Unit), "year": today().year, "cutoff_on": month, "planned_on": month,
                                "rule_key": rulebook().get("appraisal.excellent_cap").key, "mutual_on": month,
                                "people": [{"member": anchor(Member).pk, "name": "甲"}],
                                "reviews": [{"member": anchor(Member).pk, "on": month.isoformat(), "text": "自评"}]},
        "voice.Topic": {"kind": "question"},
        "indicators.Contest": {"dashboard": "responsibility", "item": "x", "period": str(today().year)},
    }.get(model._meta.label, {})  # fmt: skip


def columns(model: type[models.Model]) -> Iterator[Any]:
    """The text columns of a table that carry a canary."""
    for field in model._meta.concrete_fields:
        words = isinstance(field, models.CharField | models.TextField | models.JSONField)
        if not words or field.choices or 0 < (getattr(field, "max_length", 0) or 0) < SHORT:
            continue
        if f"{model._meta.label}.{field.name}" not in SILENT:
            yield field


def mark(canary: str, *, phone: str) -> None:
    """Put the canary at the beginning of every text, into every JSON value, and into numbers and addresses."""
    for model in tables():
        rows = model._default_manager.all()
        changed: dict[str, Any] = {}
        for field in columns(model):
            if isinstance(field, models.JSONField):
                changed[field.name] = _inside(rows, field.name, canary)
            else:
                longest = field.max_length or 10_000
                changed[field.name] = Left(Concat(Value(canary + " "), F(field.name)), longest)
        if changed and model is Entry:
            _add_marked(rows, changed)
        elif changed:
            rows.update(**changed)
    tail = Cast(F("pk"), models.CharField())
    User.objects.update(email=Concat(Value(canary), tail, Value("@example.cn")), phone=None)
    Member.objects.update(phone=Value(f"13{phone}001"))
    Unit.objects.update(contact_phone=Value(f"13{phone}002"))
    Activity.objects.update(online_url=f"https://meet.example/{canary}")
    for number, member in enumerate(Member.objects.order_by("pk")):
        Member.objects.filter(pk=member.pk).update(citizen_number=f"11010119{phone}{number:03d}X")
        member.refresh_from_db()
        member.save(update_fields=["name"])  # spelled anew


def _add_marked(rows: Any, changed: dict[str, Any]) -> None:
    """The record is only ever added to: each line once more, with the canary in it."""
    for old in rows.annotate(**{f"marked_{name}": value for name, value in changed.items()}).order_by("pk"):
        old.pk, old.position, old.link = None, None, None
        for name in changed:
            setattr(old, name, getattr(old, f"marked_{name}"))
        old.save(force_insert=True)


def _inside(rows: Any, name: str, canary: str) -> Any:
    """The shape that is there, with the canary in every text of it; all rows of a table get the first one's."""
    there = rows.values_list(name, flat=True).first()
    return Value(_marked(there, canary) or {"note": canary}, models.JSONField())


def _marked(value: Any, canary: str) -> Any:
    if isinstance(value, str):
        return value if value.isdecimal() else f"{canary} {value}"  # digits are an official code
    if isinstance(value, list):
        return [_marked(one, canary) for one in value]
    return {key: _marked(one, canary) for key, one in value.items()} if isinstance(value, dict) else value
