#!/bin/sh
# A base backup, checked file by file, then those that are older than KEEP_DAYS and the WAL before them removed.
# With many schemas a physical backup is the only one of the whole: pg_dump would lock every table of every workspace.
#   BACKUP_DIR  a mounted folder on another machine       PGHOST …  as psql reads them; the role needs REPLICATION
#   KEEP_DAYS   14 by default                              POSTGRES_BIN  where the programs are, unless on PATH
#   EXPORT_HOOK a command that exports workspaces one by one, run last: see infra/backup/README.md
set -eu

: "${BACKUP_DIR:?set BACKUP_DIR to the folder of the archive}"
keep_days=${KEEP_DAYS:-14}
[ -z "${POSTGRES_BIN:-}" ] || PATH="$POSTGRES_BIN:$PATH"
umask 077
mkdir -p "$BACKUP_DIR/base" "$BACKUP_DIR/wal"

name=$(date -u +%Y%m%dT%H%M%SZ)
while [ -e "$BACKUP_DIR/base/$name" ]; do # of this very second: mv would put this one into that one
    sleep 1
    name=$(date -u +%Y%m%dT%H%M%SZ)
done
part="$BACKUP_DIR/base/$name.part"
pg_basebackup --pgdata="$part" --wal-method=stream --checkpoint=fast --manifest-checksums=SHA256
pg_verifybackup --quiet "$part"
mv "$part" "$BACKUP_DIR/base/$name"
echo "base backup $name: $(du -sh "$BACKUP_DIR/base/$name" | cut -f1)"

# Never the last one, however old. A .part is what a cut run left.
find "$BACKUP_DIR/base" -mindepth 1 -maxdepth 1 -name '*.part' -mmin +1440 -exec rm -rf {} +
find "$BACKUP_DIR/base" -mindepth 1 -maxdepth 1 -type d ! -name "$name" -mtime +"$keep_days" -exec rm -rf {} +

# WAL is needed from the oldest base on.
oldest=$(ls "$BACKUP_DIR/base" | grep -v part | sort | head -n 1)
label="$BACKUP_DIR/base/$oldest/backup_label"
first=$(sed -n 's/^START WAL LOCATION: .*file \([0-9A-F]*\)).*/\1/p' "$label")
[ -z "$first" ] || pg_archivecleanup -x .gz "$BACKUP_DIR/wal" "$first"

if [ -n "${EXPORT_HOOK:-}" ]; then
    sh -c "$EXPORT_HOOK"
fi
