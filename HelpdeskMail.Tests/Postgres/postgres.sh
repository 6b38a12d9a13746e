#!/bin/bash
# A private PostgreSQL on loopback: postgres.sh up DIR PORT OWNERPID. Stopped and removed when OWNERPID is gone.
# Nothing of it is durable (fsync off). As root the server runs as user postgres, since it refuses to run as root.
set -euo pipefail
[ "${1:-}" = up ] || { sed -n 2,3p "$0" >&2; exit 2; }
dir=$2 port=$3 owner=$4
bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
as_server() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }

mkdir -p "$dir"
[ "$(id -u)" != 0 ] || chown postgres "$dir"
cd "$dir"
setsid bash -c 'while kill -0 "$1" 2>/dev/null; do sleep 1; done
  pid=$(head -1 "$2/data/postmaster.pid" 2>/dev/null) && kill -INT "$pid"; sleep 2; rm -rf "$2"' \
  _ "$owner" "$dir" >/dev/null 2>&1 </dev/null &
as_server "$bin/initdb" --pgdata="$dir/data" --username=helpdesk --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$dir/initdb.out" 2>&1
cat >>"$dir/data/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
port = $port
unix_socket_directories = ''
max_connections = 200
fsync = off
synchronous_commit = off
full_page_writes = off
CONF
as_server "$bin/pg_ctl" --pgdata="$dir/data" --log="$dir/log" --wait --timeout=30 start >"$dir/start.out" 2>&1 </dev/null
