from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0004_a_second_person_agrees'),
    ]

    operations = [
        migrations.CreateModel(
            name='OwnRole',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40)),
                ('verbs', models.JSONField(default=list)),
            ],
            options={
                'db_table': 'access_role',
            },
        ),
        migrations.AlterField(
            model_name='grant',
            name='role',
            field=models.CharField(max_length=12),
        ),
    ]
