#!/bin/sh
# Once, when the database's folder is empty: the settings for many schemas, the login role, its database.
set -eu

echo "include '/etc/postgresql/many-schemas.conf'" >> "$PGDATA/postgresql.conf"
psql -v ON_ERROR_STOP=1 -U postgres -v password="$DATABASE_PASSWORD" <<'SQL'
CREATE ROLE tongxin LOGIN NOINHERIT CREATEROLE PASSWORD :'password';
-- Workspace roles and sessions alike read times in UTC; said once here, a pooled connection needs not be told.
ALTER ROLE tongxin SET timezone = 'UTC';
CREATE DATABASE tongxin OWNER tongxin ENCODING 'UTF8' TEMPLATE template0;
SQL
