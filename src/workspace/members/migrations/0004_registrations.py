from django.db import migrations

# One registration for everybody, and the leaving of those who left: what the columns say, as events. One statement each,
# however many members. Day and time are those on which the row was made.
REGISTERED = """
INSERT INTO "members_event" ("member_id", "kind", "on", "basis", "unit_id", "details", "at", "voided_for")
SELECT "id", 'registered', ("created_at" AT TIME ZONE 'Asia/Shanghai')::date, '', "unit_id",
       jsonb_strip_nulls(jsonb_build_object(
           'category', "category",
           'joined_on', "joined_on",
           'converted_on', "converted_on",
           'probation_extension', NULLIF("probation_extension", 0),
           'is_floating', CASE WHEN "is_floating" THEN true END,
           'is_lost_contact', CASE WHEN "is_lost_contact" THEN true END
       )),
       "created_at", ''
FROM "members_member" ORDER BY "id"
"""
LEFT = """
INSERT INTO "members_event" ("member_id", "kind", "on", "basis", "unit_id", "details", "at", "voided_for")
SELECT "id",
       CASE "left_for" WHEN 'transferred' THEN 'transferred_out' WHEN 'deceased' THEN 'died' WHEN 'ended' THEN 'removed'
                       ELSE 'left_otherwise' END,
       "left_on", "left_note", "unit_id",
       CASE WHEN "left_for" IN ('transferred', 'deceased', 'ended') THEN '{}'::jsonb
            ELSE jsonb_build_object('left_for', COALESCE(NULLIF("left_for", ''), 'other')) END,
       "created_at", ''
FROM "members_member" WHERE "left_on" IS NOT NULL ORDER BY "id"
"""
# What was put off until the end of the transaction is checked now, so that a later migration may alter the tables.
CHECKED = "SET CONSTRAINTS ALL IMMEDIATE"


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0003_event'),
    ]

    operations = [
        migrations.RunSQL([REGISTERED, LEFT, CHECKED], migrations.RunSQL.noop),
    ]
