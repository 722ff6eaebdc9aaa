"""Migrate the product's database and render its release, as a server does before anybody comes."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.arms.product"

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from provisioning import template  # noqa: E402

call_command("migrate", verbosity=0)
template.release()
