#!/bin/sh
# Put a backup back in an empty folder: deploy/restore.sh BACKUP.tar.gz /var/lib/koppeldesk /safe/secret.key
# Stop koppeldesk-serve and the two timers first. The master key is kept apart from the backups.
set -eu
umask 077
archive=${1:?usage: restore.sh BACKUP DATA_FOLDER MASTER_KEY}
data=${2:?usage: restore.sh BACKUP DATA_FOLDER MASTER_KEY}
key=${3:?usage: restore.sh BACKUP DATA_FOLDER MASTER_KEY}
# Everything is looked at before anything is written: half a restore looks like a whole one.
gzip -t "$archive"
if [ ! -f "$key" ] || [ ! -r "$key" ]; then
  echo "$key cannot be read; nothing was changed. Without the master key no school's key can be opened." >&2
  exit 2
fi
mkdir -p "$data"
if [ -n "$(ls -A "$data")" ]; then
  echo "$data is not empty; nothing was changed. Move it aside first." >&2
  exit 2
fi
chmod 700 "$data"
tar -xzf "$archive" -C "$data" --no-same-owner
install -m 600 "$key" "$data/secret.key"
echo "Now: chown -R koppeldesk: $data, then koppeldesk doctor --deep and koppeldesk audit --verify"
