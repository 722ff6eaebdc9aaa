"""What a release usually brings: a column and an index."""

import pkgutil

from django.db import migrations, models

from workspace.audit import migrations as today

_LAST = max(found.name for found in pkgutil.iter_modules(today.__path__))


class Migration(migrations.Migration):
    dependencies = [("audit", _LAST)]
    operations = [
        migrations.AddField("entry", "probe", models.IntegerField(null=True)),
        migrations.AddIndex("entry", models.Index(fields=["probe"], name="audit_probe")),
    ]
