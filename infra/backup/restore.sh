#!/bin/sh
# Make a data directory out of the newest base backup (or BASE=name) and the archived WAL, up to the end or UNTIL a time.
#   restore.sh /var/lib/postgresql/restored ['2026-11-25 09:30:00+08']
# Starts nothing: start PostgreSQL on that directory, look, then open the application to it.
set -eu

target=$1
until=${2:-}
: "${BACKUP_DIR:?set BACKUP_DIR to the folder of the archive}"
[ ! -e "$target" ] || { echo "$target is there already; restore into a new folder" >&2; exit 1; }
base=${BASE:-$(ls "$BACKUP_DIR/base" 2> /dev/null | grep -v part | sort | tail -n 1)}
[ -d "$BACKUP_DIR/base/$base" ] && [ -n "$base" ] || { echo "no base backup in $BACKUP_DIR/base" >&2; exit 1; }

umask 077
cp -a "$BACKUP_DIR/base/$base" "$target"
{
    echo "restore_command = 'gzip -dc \"$BACKUP_DIR/wal/%f.gz\" > \"%p\"'"
    # After the recovery it is a server of its own: it must not archive over what the damaged one has archived.
    echo "archive_mode = off"
    [ -z "$until" ] || { echo "recovery_target_time = '$until'"; echo "recovery_target_action = 'promote'"; }
} >> "$target/postgresql.auto.conf"
touch "$target/recovery.signal"
echo "$target holds $base; start PostgreSQL on it to replay the WAL${until:+ until $until}"
