#!/bin/sh
# Export every serving workspace to its own archive: one that cannot be exported is named and does not stop the others.
#   EXPORT_DIR  where they go       TONGXIN  the project's folder, /srv/tongxin by default
set -u

: "${EXPORT_DIR:?set EXPORT_DIR to the folder of the archives}"
cd "${TONGXIN:-/srv/tongxin}" || exit 1
umask 077
today=$(date -u +%Y%m%d)
mkdir -p "$EXPORT_DIR/$today"
failed=0
for slug in $(.venv/bin/python manage.py list_workspaces --json | sed -n 's/.*"slug": "\([a-z0-9-]*\)", "state": "\(active\|read_only\)".*/\1/p'); do
    if ! .venv/bin/python manage.py workspace export "$slug" --to "$EXPORT_DIR/$today/$slug.zip" > /dev/null; then
        echo "$slug was not exported" >&2
        failed=$((failed + 1))
    fi
done
[ "$failed" -eq 0 ]
