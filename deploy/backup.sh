#!/bin/sh
# Back up a data folder while Koppeldesk runs: deploy/backup.sh /var/lib/koppeldesk /backup
# Every file is replaced as a whole or only grows, so a copy of each is whole. What points at the end of a log or at a
# school goes first: it may be older than what it points at, never newer. The master key is left out on purpose.
set -eu
umask 077
data=${1:?usage: backup.sh DATA_FOLDER TARGET_FOLDER}
target=${2:?usage: backup.sh DATA_FOLDER TARGET_FOLDER}
mkdir -p "$target"
archive="$target/koppeldesk-$(date -u +%Y%m%dT%H%M%SZ).tar.gz"
cd "$data"
points() { find . -type f '(' -name '*.kop' -o -name scholen.jsonl ')'; }
rest() {
  find . -type f ! -name '*.kop' ! -name scholen.jsonl ! -name '*.lock' ! -name '*.nieuw' ! -name '*.new' ! -name secret.key ! -path './aanwezig/*'
}
# A log that grows while it is read is no fault (tar says 1); what came after is in the next backup.
{ points; rest; } | tar -czf "$archive.part" -T - || [ $? -eq 1 ]
gzip -t "$archive.part"
mv "$archive.part" "$archive"
echo "$archive"
