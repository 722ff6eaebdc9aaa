#!/bin/sh
# Distribute the workspaces named in a file, one schema a line, one after another. Those that are distributed already are
# passed over, so a run that was cut goes on. As superuser on the coordinator; PGDATABASE and so on as psql reads them.
set -eu

list=${1:?the file with one schema a line}
done_already=$(psql -Atqc 'SELECT schema_name FROM citus_schemas')
while read -r schema; do
    case $schema in
        t_????????????????) ;;
        *) echo "not a workspace's schema: $schema" >&2; exit 2 ;;
    esac
    if printf '%s\n' "$done_already" | grep -qx "$schema"; then continue; fi
    # Whoever writes at this moment waits; who would wait longer than five seconds makes us try this one another time.
    if psql -Atq -v ON_ERROR_STOP=1 -c "SET lock_timeout = '5s'" -c "SELECT citus_schema_distribute('$schema')" < /dev/null; then
        echo "$schema"
    else
        echo "$schema: left for another time" >&2
    fi
done < "$list"
