
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('members', '0002_small_table_needs_no_index'),
        ('organization', '0002_path_in_byte_order'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('opened_on', models.DateField()),
                ('state', models.CharField(choices=[('open', '进行中'), ('done', '已归档'), ('cancelled', '取消资格'), ('stopped', '已停止')], default='open', max_length=10)),
                ('ended_on', models.DateField(null=True)),
                ('ending', models.CharField(blank=True, max_length=200)),
                ('is_special', models.BooleanField(default=False)),
                ('stage', models.CharField(choices=[('application', '申请入党'), ('activist', '入党积极分子'), ('development_object', '发展对象'), ('admission', '接收预备党员'), ('conversion', '预备党员转正')], default='application', max_length=20)),
                ('next_step', models.CharField(blank=True, max_length=40)),
                ('next_due', models.DateField(null=True)),
                ('asks_above', models.BooleanField(default=False)),
                ('reminded', models.CharField(blank=True, max_length=80)),
                ('materials', models.JSONField(default=dict)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('member', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='development_cases', to='members.member')),
                ('opened_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '发展党员档案',
            },
        ),
        migrations.CreateModel(
            name='Quota',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('admissions', models.PositiveSmallIntegerField()),
                ('basis', models.CharField(blank=True, max_length=200)),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='development_quotas', to='organization.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40)),
                ('on', models.DateField(null=True)),
                ('outcome', models.CharField(choices=[('passed', '通过'), ('failed', '未通过'), ('extended', '延长预备期'), ('cancelled', '取消预备党员资格')], default='passed', max_length=10)),
                ('basis', models.CharField(blank=True, max_length=200)),
                ('details', models.JSONField(default=dict)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='development.case')),
            ],
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('member',), name='one_open_case_a_person'),
        ),
        migrations.AddConstraint(
            model_name='quota',
            constraint=models.UniqueConstraint(fields=('unit', 'year'), name='one_quota_a_year'),
        ),
    ]
