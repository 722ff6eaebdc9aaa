from django.db import migrations

# One row for each beginning and each closing that is known, in two statements whatever the size of the tree. A unit that
# wrote down no day began, for all we know, when it was set up here. The sample leaves as one deletion and has no history.
# Columns are renamed instead of qualified: a template names no table that it does not make.
ABOVE = """
  LEFT JOIN (SELECT id AS above_id, path AS above_path FROM organization_unit) above
         ON above_path = left(path, length(path) - 4)
"""
BEGINNINGS = f"""
INSERT INTO organization_change (unit_id, kind, "on", basis, before, after, others, by_id, at)
SELECT id, 'established',
       LEAST(COALESCE(established_on, (made_at AT TIME ZONE 'Asia/Shanghai')::date,
                      (updated_at AT TIME ZONE 'Asia/Shanghai')::date), COALESCE(closed_on, 'infinity'::date)),
       CASE WHEN established_on IS NULL THEN '{{"is_assumed": true}}'::jsonb ELSE '{{}}'::jsonb END,
       NULL, jsonb_build_object('name', name, 'type', type, 'parent', above_id), '[]'::jsonb, made_by,
       COALESCE(made_at, updated_at)
  FROM organization_unit {ABOVE}
  LEFT JOIN (SELECT DISTINCT ON (thing) thing, at AS made_at, by_id AS made_by FROM audit_entry
              WHERE kind = 'organization.unit' AND verb = 'unit.created' ORDER BY thing, at) made
         ON thing = id::text
 WHERE NOT is_sample
 ORDER BY path
"""
CLOSINGS = f"""
INSERT INTO organization_change (unit_id, kind, "on", basis, before, after, others, by_id, at)
SELECT id, 'dissolved', closed_on,
       CASE WHEN closing_reason = '' THEN '{{}}'::jsonb ELSE jsonb_build_object('note', closing_reason) END,
       jsonb_build_object('name', name, 'type', type, 'parent', above_id), NULL, '[]'::jsonb, NULL, updated_at
  FROM organization_unit {ABOVE}
 WHERE NOT is_sample AND closed_on IS NOT NULL
 ORDER BY path
"""


class Migration(migrations.Migration):

    dependencies = [
        ('organization', '0003_what_happened_on_which_day'),
        ('audit', '0001_initial'),
    ]

    operations = [
        migrations.RunSQL(BEGINNINGS, migrations.RunSQL.noop),
        migrations.RunSQL(CLOSINGS, migrations.RunSQL.noop),
    ]
