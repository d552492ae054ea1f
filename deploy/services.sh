#!/bin/sh
# Makes sure that PostgreSQL and Redis answer on this machine: starts them, or installs them from
# Debian's packages. Does nothing when DATABASE_URL and REDIS_URL name others.
set -eu

answers() { # host port
    "${PYTHON:-python3}" - "$1" "$2" <<'P'
import socket, sys
try:
    socket.create_connection((sys.argv[1], int(sys.argv[2])), timeout=2).close()
except OSError:
    sys.exit(1)
P
}

install() { # package
    echo "Installing $1 …"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$1" >/dev/null
}

if [ -z "${DATABASE_URL:-}" ] && ! answers 127.0.0.1 5432; then
    command -v pg_ctlcluster >/dev/null || install postgresql
    version=$(ls /etc/postgresql | tail -n 1)
    sed -i -E 's/^(host +all +all +127\.0\.0\.1\/32 +).*/\1trust/' "/etc/postgresql/$version/main/pg_hba.conf"
    pg_ctlcluster --skip-systemctl-redirect "$version" main start || pg_ctlcluster --skip-systemctl-redirect "$version" main reload
    sleep 3
    answers 127.0.0.1 5432
fi
if [ -z "${REDIS_URL:-}" ] && ! answers 127.0.0.1 6379; then
    command -v redis-server >/dev/null || install redis-server
    answers 127.0.0.1 6379 || redis-server --daemonize yes --bind 127.0.0.1 --port 6379 --save "" --appendonly no >/dev/null
    sleep 1
    answers 127.0.0.1 6379
fi
