"""Whoever changes a tenant or a domain tells every process that remembers one, in the transaction of the change.

The payload is the tenant's key, and the label where a domain changes (`tenants.hosts`). A tenant that is new leads
nowhere yet, so nothing is said; its domain is announced. Nothing is looked up here: a concurrent transaction's domain
would not be seen, and its label would stay stale.
"""

from django.db import migrations

ANNOUNCE = """
CREATE FUNCTION public.tenants_announce_tenant() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_catalog.pg_notify('tongxin_hosts', OLD.id::pg_catalog.text);
    RETURN NULL;
END $$;

CREATE FUNCTION public.tenants_announce_domain() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM pg_catalog.pg_notify('tongxin_hosts', pg_catalog.concat(OLD.tenant_id, ' ', OLD.domain));
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM pg_catalog.pg_notify('tongxin_hosts', pg_catalog.concat(NEW.tenant_id, ' ', NEW.domain));
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.tenants_announce_all() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_catalog.pg_notify('tongxin_hosts', '*');
    RETURN NULL;
END $$;

CREATE TRIGGER tenants_announce_change AFTER UPDATE ON public.tenants_tenant
    FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION public.tenants_announce_tenant();
CREATE TRIGGER tenants_announce_end AFTER DELETE ON public.tenants_tenant
    FOR EACH ROW EXECUTE FUNCTION public.tenants_announce_tenant();
CREATE TRIGGER tenants_announce_all AFTER TRUNCATE ON public.tenants_tenant
    FOR EACH STATEMENT EXECUTE FUNCTION public.tenants_announce_all();
CREATE TRIGGER tenants_announce_change AFTER INSERT OR UPDATE OR DELETE ON public.tenants_domain
    FOR EACH ROW EXECUTE FUNCTION public.tenants_announce_domain();
CREATE TRIGGER tenants_announce_all AFTER TRUNCATE ON public.tenants_domain
    FOR EACH STATEMENT EXECUTE FUNCTION public.tenants_announce_all();
"""

SILENCE = """
DROP TRIGGER tenants_announce_change ON public.tenants_tenant;
DROP TRIGGER tenants_announce_end ON public.tenants_tenant;
DROP TRIGGER tenants_announce_all ON public.tenants_tenant;
DROP TRIGGER tenants_announce_change ON public.tenants_domain;
DROP TRIGGER tenants_announce_all ON public.tenants_domain;
DROP FUNCTION public.tenants_announce_tenant();
DROP FUNCTION public.tenants_announce_domain();
DROP FUNCTION public.tenants_announce_all();
"""


class Migration(migrations.Migration):
    dependencies = [("tenants", "0002_rings_keys_tombstones")]

    operations = [migrations.RunSQL(ANNOUNCE, SILENCE)]
