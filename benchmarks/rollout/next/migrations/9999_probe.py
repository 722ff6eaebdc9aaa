"""What a release usually brings: a column and an index."""

import pkgutil

from django.db import migrations, models

from workspace.inbox import migrations as today

_LAST = max(found.name for found in pkgutil.iter_modules(today.__path__))


class Migration(migrations.Migration):
    dependencies = [("inbox", _LAST)]
    operations = [
        migrations.AddField("message", "probe", models.IntegerField(null=True)),
        migrations.AddIndex("message", models.Index(fields=["probe"], name="inbox_probe")),
    ]
