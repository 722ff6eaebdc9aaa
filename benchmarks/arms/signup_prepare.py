"""Fill the warm pool and put n visitors before the last button, their spares laid out (1) or not (0).

Prints `slug cookie-name cookie-value` a line.
"""

import os
import sys

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.arms.product"

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.signing import get_cookie_signer  # noqa: E402

from provisioning import cookies, image, notices, pool, steps  # noqa: E402
from provisioning.actions import signups  # noqa: E402
from provisioning.models import Signup  # noqa: E402
from shared.clock import now, today  # noqa: E402

VISITORS, LAID_OUT = int(sys.argv[1]), sys.argv[2] == "1"

call_command("migrate", verbosity=0)
image.prepare(on=today())
pool.fill(VISITORS)
settings.WARM_POOL = VISITORS  # as many may be laid out
first = Signup.objects.count()
for number in range(first, first + VISITORS):
    signup = Signup.objects.create(
        answered=[step.name for step in steps.STEPS if step.name != "confirm"],
        name=f"江城市第{number}中学",
        kind="university",
        no_code="pending",
        region="420000",
        stated_members=86,
        contact_name="周敏",
        email=f"zhou{number}@school.example",
        verified_at=now(),
        slug=f"school-{number}",
        notice_version=notices.AGREED_VERSION,
        accepted_at=now(),
    )
    if LAID_OUT:
        signups.agree(signup, at=now())  # as the screen before the last button does
    name = cookies._name()
    print(signup.slug, name, get_cookie_signer(salt=name + cookies._SALT).sign(signup.token))
