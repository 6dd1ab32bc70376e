#!/bin/sh
# Back up a data folder while Koppeldesk runs: deploy/backup.sh /var/lib/koppeldesk /backup
# Every file is replaced as a whole or only grows, so a copy of each is whole. What points at the end of a log, at a school
# or at a year that was put away goes first: it may be older than what it points at, never newer. The master key is left
# out on purpose.
set -eu
umask 077
data=$(cd "${1:?usage: backup.sh DATA_FOLDER TARGET_FOLDER}" && pwd -P)
mkdir -p "${2:?usage: backup.sh DATA_FOLDER TARGET_FOLDER}"
target=$(cd "$2" && pwd -P)
case "$target/" in
  "$data"/*)
    rmdir "$target" 2>/dev/null || true
    echo "$target is in the data folder and would back up itself; nothing was done." >&2
    exit 2
    ;;
esac
archive="$target/koppeldesk-$(date -u +%Y%m%dT%H%M%SZ).tar.gz"
trap 'rm -f "$archive.part"' EXIT
cd "$data"
points() { find . -type f '(' -name '*.kop' -o -name scholen.jsonl -o -name ledger.json ')'; }
rest() {
  find . -type f ! -name '*.kop' ! -name scholen.jsonl ! -name ledger.json ! -name '*.lock' ! -name '*.nieuw' ! -name '*.new' ! -name secret.key \
    ! -path './aanwezig/*' ! -path './Maildir/tmp/*' ! -name proef ! -name proef.vorige
}
# A log that grows while it is read is no fault (tar says 1); what came after is in the next backup. A file that was
# taken away between listing and reading is one (2): then everything is listed and read again.
for attempt in 1 2 3 4 5; do
  code=0
  { points; rest; } | tar -czf "$archive.part" -T - || code=$?
  [ "$code" -gt 1 ] || break
  [ "$attempt" -lt 5 ] || exit "$code"
  sleep 1
done
gzip -t "$archive.part"
mv "$archive.part" "$archive"
echo "$archive"
