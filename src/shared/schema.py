"""What the schema in force already has: code of release N also serves N−1, where the newest tables are missing."""

from django.db import connection
from django.utils.translation import gettext_lazy as _

from shared.refusals import Refusal


class Upgrading(Refusal):
    message = _("本单位的数据正在升级，这项功能稍后即可使用。其他功能不受影响。")
    status = 503


def has_table(name: str) -> bool:
    """One cheap question to the catalogue. Ask before reading or writing a table of the running release."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [name])
        return bool(cursor.fetchone()[0])
