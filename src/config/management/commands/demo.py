"""Open the demo workspace and fill it; does nothing when it is there."""

import json
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from config.demo import (
    appraisals,
    development,
    dues,
    elections,
    letters,
    neighbours,
    people,
    records,
    schedules,
    study,
    tree,
    voices,
    year,
)
from console.actions import measuring
from provisioning import opening, template
from shared.clock import now, today
from tenants import context
from tenants.models import Tenant
from workspace.access.models import Grant, Role
from workspace.accounts.models import User

SLUG = "demo"
OPERATOR_EMAIL = "operator@example.cn"


class Command(BaseCommand):
    help = "Open the demo workspace with a year of synthetic data, and an operator; prints nothing when all is there."

    def handle(self, *args: Any, **options: Any) -> None:
        template.release()
        notes = settings.VAR / "demo.json"
        tenant = Tenant.objects.filter(slug=SLUG).first()
        if tenant and tenant.is_serving and notes.exists():
            return
        self.stdout.write("  19 个党组织、470 名党员、一年的组织生活…")
        self.stdout.flush()
        # All or nothing: a start that is cut in the middle leaves no half demo.
        with transaction.atomic():
            found = self._open(tenant)
        notes.write_text(json.dumps({"slug": SLUG, "people": [asdict(one) for one in found]}, ensure_ascii=False))

    def _open(self, tenant: Tenant | None) -> list[people.SignIn]:
        if tenant is None or not tenant.is_serving:
            row = tenant.opening if tenant else self._reserve()
            tenant = opening.run(row).tenant
        with context.inside(tenant, timeout_ms=0):
            admin = Grant.objects.select_related("user").get(role=Role.ADMIN).user
            if admin.username != "admin":
                admin.username, admin.name = "admin", "陈明"
                admin.save(update_fields=["username", "name"])
                branches = tree.grow(on=today())
                people.settle(branches, on=today())
                year.live(branches, by=admin, at=now())
                found = people.sign_ins(branches, admin)
                records.keep(at=now())
                dues.collect(by=admin, on=today())
                study.certify(branches, by=admin, on=today())
                voices.speak(branches, at=now())
                development.develop(branches, by=admin, on=today())
                tree.happen(by=admin, on=today())
                letters.send(branches, by=admin, on=today())
                people.twice(branches[1], on=today())
                schedules.settle(by=admin)
                elections.elect(branches, by=admin, on=today())
                appraisals.appraise(branches, by=admin, on=today())
            else:
                found = self._new_passwords()
        if not Tenant.objects.exclude(pk=tenant.pk).exists():
            neighbours.settle(on=today())
        # The worker counts them all as soon as it runs.
        measuring.collect(at=now())
        return [*found, self._operator()]

    def _reserve(self) -> Any:
        return opening.reserve(
            name="同心示范集团",
            slug=SLUG,
            kind="state_enterprise",
            admin_name="陈明",
            admin_email="admin@example.cn",
            by="demo",
            region="310000",
            stated_members=people.PEOPLE,
        )

    def _new_passwords(self) -> list[people.SignIn]:
        """The data is there and the note with the passwords is not: give new ones."""
        names = ("admin", "shuji", "weiyuan", "dangyuan")
        return [people.give_password(user.name, user) for user in User.objects.filter(username__in=names)]

    def _operator(self) -> people.SignIn:
        user = User.objects.filter(username="operator").first()
        if user is None:
            user = User.objects.create_user("operator", name="平台运营", email=OPERATOR_EMAIL)
        return people.give_password("平台运营 operator (console)", user)
