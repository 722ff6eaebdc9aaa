"""Import this first in a process that runs the product: `import benchmarks.rollout.product`."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.rollout.settings"

import django

django.setup()
