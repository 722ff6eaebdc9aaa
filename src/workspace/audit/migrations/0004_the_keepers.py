"""The table goes to the keeper, who owns it from now on; the workspace may add to it and read it.

A later change of its columns makes them on a table of the workspace's own and hands that over in the same way:
`audit_entry_before` with the rows, `keep`, drop. docs/subsystems/audit.md shows it.
"""

from django.db import migrations

# The keeper's name is this installation's, so it is read from the function that it owns.
MAKE_WAY = """
DO $$
DECLARE
    keeper text := (SELECT proowner::regrole FROM pg_proc WHERE oid = to_regprocedure('keep(text)'));
    part record;
BEGIN
    ALTER TABLE audit_entry RENAME TO audit_entry_before;
    ALTER SEQUENCE audit_entry_id_seq RENAME TO audit_entry_before_id_seq;
    FOR part IN SELECT relname FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
                WHERE indrelid = 'audit_entry_before'::regclass LOOP
        EXECUTE format('ALTER INDEX %I RENAME TO %I', part.relname, part.relname || '_before');
    END LOOP;
    EXECUTE format('GRANT USAGE, CREATE ON SCHEMA %I TO %s', current_schema(), keeper);
    EXECUTE format('GRANT SELECT ON audit_entry_before, audit_entry_before_id_seq TO %s', keeper);
END $$
"""
SHUT = """
DO $$
BEGIN
    EXECUTE format('REVOKE CREATE ON SCHEMA %I FROM %s', current_schema(),
                   (SELECT proowner::regrole FROM pg_proc WHERE oid = to_regprocedure('keep(text)')));
END $$
"""


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0003_more_columns'),
    ]

    operations = [
        migrations.RunSQL([MAKE_WAY, "SELECT keep('audit_entry')", 'DROP TABLE audit_entry_before', SHUT]),
    ]
