import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0005_own_roles'),
    ]

    operations = [
        migrations.AddField(
            model_name='grant',
            name='since',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='grant',
            name='delegated_from',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='delegations', to='access.grant'),
        ),
        migrations.AddField(
            model_name='grant',
            name='reason',
            field=models.CharField(blank=True, db_default='', default='', max_length=120),
        ),
        migrations.AddField(
            model_name='grant',
            name='only',
            field=models.CharField(blank=True, db_default='', default='', max_length=200),
        ),
    ]
