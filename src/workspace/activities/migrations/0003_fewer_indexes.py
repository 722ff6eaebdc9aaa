import django.db.models.deletion
from django.db import migrations, models


def dropped(index, table, column, model, name, field):
    """AlterField alone would drop and check the foreign key anew, and take partial unique indexes over the column along."""
    return migrations.SeparateDatabaseAndState(
        database_operations=[
            migrations.RunSQL(
                f'DROP INDEX IF EXISTS "{index}"',
                f'CREATE INDEX "{index}" ON "{table}" ("{column}")',
            ),
        ],
        state_operations=[migrations.AlterField(model_name=model, name=name, field=field)],
    )


class Migration(migrations.Migration):

    dependencies = [
        ('activities', '0002_one_row_each_has_one_key'),
        ('members', '0006_a_batch_may_be_a_merge'),
    ]

    operations = [
        dropped(
            'activities_checkin_member_id_726e09cf', 'activities_checkin', 'member_id', 'checkin', 'member',
            models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='check_ins', to='members.member'),
        ),
        dropped(
            'activities_obligation_met_by_id_6ffbfdd6', 'activities_obligation', 'met_by_id', 'obligation', 'met_by',
            models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='met', to='activities.activity'),
        ),
        dropped(
            'activities_vote_activity_id_da7d85e6', 'activities_vote', 'activity_id', 'vote', 'activity',
            models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='votes', to='activities.activity'),
        ),
    ]
