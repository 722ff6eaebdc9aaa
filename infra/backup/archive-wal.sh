#!/bin/sh
# PostgreSQL's archive_command: `archive_command = '/srv/tongxin/infra/backup/archive-wal.sh "%p" "%f"'`.
# Keeps one WAL file, whole or not at all, and says no to anything else: then PostgreSQL keeps the file and tries again.
# BACKUP_DIR: a mounted folder on another machine.
set -eu

source_file=$1
name=$2
: "${BACKUP_DIR:?set BACKUP_DIR to the folder of the archive}"
mkdir -p "$BACKUP_DIR/wal"
kept="$BACKUP_DIR/wal/$name.gz"

if [ -e "$kept" ]; then
    # Archived before a crash that forgot it: fine when it is the same, an alarm when it is not.
    gzip -dc "$kept" | cmp -s - "$source_file" && exit 0
    echo "$kept is there and differs from $source_file" >&2
    exit 1
fi
gzip -c "$source_file" > "$kept.part"
sync "$kept.part"
mv "$kept.part" "$kept"
