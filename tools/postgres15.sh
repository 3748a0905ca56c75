#!/usr/bin/env bash
# Run a command with DATABASE_URL pointing to a throw-away PostgreSQL 15 from Debian's package.
set -euo pipefail
binaries=/usr/lib/postgresql/15/bin
[ -x "$binaries/postgres" ] || { echo "PostgreSQL 15 is not installed: make setup-system" >&2; exit 1; }
folder=$(mktemp -d /tmp/dd-pg15-XXXXXX)
as_owner() { if [ "$(id -u)" = 0 ]; then setpriv --reuid postgres --regid postgres --clear-groups "$@"; else "$@"; fi; }
finish() { as_owner "$binaries/pg_ctl" -D "$folder/data" -m fast stop >/dev/null 2>&1 || true; rm -rf "$folder"; }
trap finish EXIT
[ "$(id -u)" != 0 ] || chown postgres:postgres "$folder"
cd /tmp
as_owner "$binaries/initdb" --pgdata="$folder/data" --username=postgres --auth=trust --encoding=UTF8 --locale=C.UTF-8 >/dev/null
as_owner "$binaries/pg_ctl" -D "$folder/data" -w -l "$folder/log" \
  -o "-c listen_addresses= -c unix_socket_directories=$folder -c fsync=off -c max_connections=100" start >/dev/null
cd - >/dev/null
DATABASE_URL="postgresql://postgres@/postgres?host=$folder" "$@"
