from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0006_delegation'),
    ]

    operations = [
        # Who gave themselves a role before stays in the record; the row no longer says so, or the constraint would fail.
        # The deferred checks of the keys run at once: with one waiting, the table could not be altered.
        migrations.RunSQL(
            [
                'UPDATE "access_grant" SET "granted_by_id" = NULL WHERE "granted_by_id" = "user_id"',
                'SET CONSTRAINTS ALL IMMEDIATE',
                'SET CONSTRAINTS ALL DEFERRED',
            ],
            migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            model_name='grant',
            constraint=models.UniqueConstraint(condition=models.Q(('role__in', ('system', 'security', 'auditor'))), fields=('user',), name='one_office_each'),
        ),
        migrations.AddConstraint(
            model_name='grant',
            constraint=models.CheckConstraint(condition=models.Q(('granted_by', models.F('user')), _negated=True), name='nobody_grants_to_self'),
        ),
    ]
