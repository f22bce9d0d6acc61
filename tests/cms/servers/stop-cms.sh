#!/usr/bin/env bash
# Stop what start-wordpress.sh or start-ghost.sh started in a folder:  stop-cms.sh DIR
. "$(dirname "$0")/common.sh"
[ $# -eq 1 ] || die "usage: stop-cms.sh DIR"
[ -d "$1" ] || { say "nothing was ever started in $1"; exit 0; }
DIR=$(cd "$1" && pwd -P)
alive || { rm -f "$DIR/pid"; say "nothing is running in $DIR"; exit 0; }
pid=$(cat "$DIR/pid")
kill -TERM -- "-$pid"
for _ in $(seq 1 50); do
  kill -0 -- "-$pid" 2>/dev/null || { rm -f "$DIR/pid"; exit 0; }
  sleep 0.1
done
kill -KILL -- "-$pid" 2>/dev/null || true
rm -f "$DIR/pid"
