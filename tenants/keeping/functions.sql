-- The keeper's functions: it owns them, and they run with its rights. A workspace reaches no other schema by them: whose
-- record it is, is read from the role in force.

CREATE OR REPLACE FUNCTION {extensions}.workspace_in_force() RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    -- A node of Citus is entered by logging in as the workspace's role.
    name text := COALESCE(NULLIF(current_setting('role'), 'none'), session_user::text);
BEGIN
    IF name !~ '^t_[0-9a-f]{16}$' THEN
        RAISE 'no workspace in force' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN name;
END $$;

-- Refuses whatever it is a trigger of.
CREATE OR REPLACE FUNCTION {extensions}.kept_refuse() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE '% refused: %.% is only ever added to', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
    USING ERRCODE = 'insufficient_privilege';
END $$;

-- A row that is sealed already can come in only where a workspace is being restored: into a schema that nobody uses.
CREATE OR REPLACE FUNCTION {extensions}.kept_restoring() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM public.tenants_tenant WHERE schema_name = TG_TABLE_SCHEMA AND state IN ({serving})) THEN
        RAISE 'a sealed row comes from a restore alone' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;

-- Take `kept`_before over as `kept`: the same columns, rules, indexes and rows, owned by the keeper. Its name and those
-- of its indexes and its sequence end in _before then. The migration that calls this drops the old one.
CREATE OR REPLACE FUNCTION {extensions}.keep(kept text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    space text := {extensions}.workspace_in_force();
    source regclass := format('%I.%I', space, kept || '_before')::regclass;
    target text := format('%I.%I', space, kept);
    part record;
    columns text;
    content text;
    was record;
BEGIN
    EXECUTE format('CREATE TABLE %s (LIKE %s INCLUDING ALL EXCLUDING INDEXES)', target, source);
    FOR part IN SELECT conname, pg_get_constraintdef(oid) AS said FROM pg_constraint
                WHERE conrelid = source AND contype IN ('p', 'u') ORDER BY conname LOOP
        EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I %s', target, replace(part.conname, '_before', ''), part.said);
    END LOOP;
    FOR part IN SELECT pg_get_indexdef(indexrelid) AS said FROM pg_index x WHERE indrelid = source
                AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = x.indexrelid) LOOP
        EXECUTE replace(part.said, '_before', '');
    END LOOP;
    SELECT string_agg(format('%I', attname), ', ' ORDER BY attnum),
           string_agg(format('%I', attname), ', ' ORDER BY attnum) FILTER (WHERE attname NOT IN ('position', 'link'))
    INTO columns, content FROM pg_attribute WHERE attrelid = source AND attnum > 0 AND NOT attisdropped;
    EXECUTE format('INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE SELECT %s FROM %s ORDER BY id',
                   target, columns, columns, source);
    EXECUTE format('SELECT last_value, is_called FROM %s', pg_get_serial_sequence(source::text, 'id')) INTO was;
    PERFORM setval(pg_get_serial_sequence(target, 'id'), was.last_value, was.is_called);

    -- What was written stays: a row is sealed once, and nothing else of it ever changes. No switch turns these off but
    -- the keeper's own ALTER TABLE; session_replication_role does not.
    EXECUTE format('CREATE TRIGGER kept_change BEFORE UPDATE ON %1$s FOR EACH ROW WHEN (NOT (OLD.position IS NULL '
        'AND NEW.position IS NOT NULL AND NEW.link IS NOT NULL AND (%2$s) IS NOT DISTINCT FROM (%3$s))) '
        'EXECUTE FUNCTION {extensions}.kept_refuse()', target,
        'OLD.' || replace(content, ', ', ', OLD.'), 'NEW.' || replace(content, ', ', ', NEW.'));
    EXECUTE format('CREATE TRIGGER kept_delete BEFORE DELETE ON %s EXECUTE FUNCTION {extensions}.kept_refuse()', target);
    EXECUTE format('CREATE TRIGGER kept_truncate BEFORE TRUNCATE ON %s EXECUTE FUNCTION {extensions}.kept_refuse()', target);
    EXECUTE format('CREATE TRIGGER kept_seal BEFORE INSERT ON %s FOR EACH ROW '
        'WHEN (NEW.position IS NOT NULL OR NEW.link IS NOT NULL) EXECUTE FUNCTION {extensions}.kept_restoring()', target);
    EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER kept_change, ENABLE ALWAYS TRIGGER kept_delete, '
        'ENABLE ALWAYS TRIGGER kept_truncate', target);
    EXECUTE format('GRANT SELECT, INSERT ON %s TO %I', target, space);
    -- A restore sets the counter.
    EXECUTE format('GRANT SELECT, UPDATE ON SEQUENCE %s TO %I', pg_get_serial_sequence(target, 'id'), space);
END $$;

-- Link what is committed and not sealed yet into the chain, oldest first: each link is the SHA-256 of the one before it
-- and of the row's content. One at a time in a workspace; nobody who adds rows waits for it. Returns how many; -1 where
-- the transaction sees one instant only and could not know the end of the chain.
CREATE OR REPLACE FUNCTION {extensions}.seal_record(most bigint DEFAULT 100000) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    space text := {extensions}.workspace_in_force();
    place bigint;
    last bytea;
    ids bigint[] := '{}';
    links bytea[] := '{}';
    line record;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RETURN -1;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('seal_record'), hashtext(space));
    EXECUTE format('SELECT position, link FROM %I.audit_entry WHERE position IS NOT NULL ORDER BY position DESC LIMIT 1',
                   space) INTO place, last;
    last := COALESCE(last, ''::bytea);
    -- The same text stands in workspace/audit/chain.py, which verifies it. What is open is found by the index over
    -- positions first: in the order of ids, all that was ever sealed would be passed.
    FOR line IN EXECUTE format(
        'WITH open AS MATERIALIZED (SELECT id FROM %1$I.audit_entry WHERE position IS NULL) SELECT e.id, convert_to(jsonb_build_array(1, e.id, e.verb, e.kind, e.thing, e.label, e.by_id, e.by_name, '
        'extract(epoch FROM e.at), e.role, e.result, e.unit, e.address, e.request, e.details)::text, ''UTF8'') AS said '
        'FROM %1$I.audit_entry e JOIN (SELECT id FROM open ORDER BY id LIMIT %2$s) o ON o.id = e.id ORDER BY e.id',
        space, most
    ) LOOP
        last := sha256(last || line.said);
        ids := ids || line.id;
        links := links || last;
    END LOOP;
    EXECUTE format('UPDATE %I.audit_entry e SET position = $1 + n.number, link = n.link '
                   'FROM unnest($2, $3) WITH ORDINALITY AS n(id, link, number) WHERE e.id = n.id', space)
    USING COALESCE(place, 0), ids, links;
    RETURN cardinality(ids);
END $$;

-- Hold the record still until the transaction ends: for an export that does not see one instant anyway.
CREATE OR REPLACE FUNCTION {extensions}.hold_record() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    EXECUTE format('LOCK TABLE %I.audit_entry IN SHARE MODE', {extensions}.workspace_in_force());
END $$;

REVOKE ALL ON FUNCTION {extensions}.keep(text), {extensions}.seal_record(bigint), {extensions}.hold_record(),
    {extensions}.workspace_in_force() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION {extensions}.keep(text), {extensions}.seal_record(bigint), {extensions}.hold_record(),
    {extensions}.workspace_in_force() TO PUBLIC;
