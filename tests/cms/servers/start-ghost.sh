#!/usr/bin/env bash
# Start a real, throw-away Ghost on this machine and print how to reach it, as KEY=VALUE lines.
#
#   start-ghost.sh PORT DIR
#
# DIR gets content, database (SQLite), logs, and the printed lines as DIR/env. The same DIR again is
# the same site with the same content; an empty one is a clean site. stop-cms.sh DIR ends it.
#
# Variables, both optional: CMS_CACHE, the folder that keeps the program (default .cms-cache in the
# checkout), and GHOST_PKG, the version, see fetch-ghost.sh. Mail goes nowhere.
# Needs npm, python3, curl, make, a C++ compiler (see needs.sh).
. "$(dirname "$0")/common.sh"
claim "$@"
supply

# ---- the program, once for each cache
VERSION=${GHOST_PKG:-ghost@6.65.0}
PROGRAM=$CACHE/${VERSION/@/-}
once ghost
if [ ! -e "$PROGRAM/.complete" ]; then
  say "fetching $VERSION (a minute or two, 0.8 GB)"
  rm -rf "$PROGRAM"
  GHOST_PKG=$VERSION "$HERE/fetch-ghost.sh" "$PROGRAM" >"$CACHE/ghost.log" 2>&1 ||
    die "could not fetch Ghost, see $CACHE/ghost.log: $(tail -n 1 "$CACHE/ghost.log")"
  touch "$PROGRAM/.complete"      # it cannot be moved: it holds its own path
fi
exec 8>&-

# ---- the files of this site, in the layout that Ghost looks for
CONTENT=$DIR/content
mkdir -p "$CONTENT"/{data,logs,images,settings,adapters,public,media,files}
[ -d "$CONTENT/themes" ] || cp -rL "$PROGRAM/package/content/themes" "$CONTENT/themes"
ln -sfn "$PROGRAM/package" "$DIR/current"
cat >"$DIR/config.development.json" <<JSON
{
  "url": "$BASE/",
  "server": {"host": "127.0.0.1", "port": $PORT},
  "database": {
    "client": "better-sqlite3",
    "connection": {"filename": "$CONTENT/data/ghost.db"},
    "useNullAsDefault": true
  },
  "paths": {"contentPath": "$CONTENT"},
  "mail": {"transport": "stub", "from": "lab@example.test"},
  "logging": {"transports": ["stdout"], "level": "info"},
  "privacy": {
    "useUpdateCheck": false, "useGravatar": false, "useRpcPing": false, "useStructuredData": true
  },
  "security": {"staffDeviceVerification": false},
  "spam": {"user_login": {"freeRetries": 1000}}
}
JSON

# ---- start; an owner and two integrations with a key, once
umask 077
NODE_ENV=development launch "$DIR" "$PROGRAM/node/bin/node" current/index.js
await curl -fsS -m 10 -o "$DIR/site.json" "$BASE/ghost/api/admin/site/"
[ -s "$DIR/credentials" ] ||
  { python3 "$HERE/set_up_ghost.py" "$BASE" >"$DIR/credentials.new" && mv "$DIR/credentials.new" "$DIR/credentials"; } ||
  { halt; die "the set-up failed, see above and $DIR/server.log"; }
{
  echo "GHOST_URL=$BASE"
  echo "GHOST_VERSION=${VERSION#*@}"
  cat "$DIR/credentials"
  echo "GHOST_DB=$CONTENT/data/ghost.db"
  echo "GHOST_IMAGES=$CONTENT/images"
} >"$DIR/env"
cat "$DIR/env"
