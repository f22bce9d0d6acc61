# Read by start-wordpress.sh and start-ghost.sh; no program of its own.
set -euo pipefail
ME=$(basename "$0" .sh)
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)

say() { printf '%s: %s\n' "$ME" "$*" >&2; }
die() { say "$@"; exit 1; }

need() { # programs that have to be there
  local each
  for each in "$@"; do
    command -v "$each" >/dev/null || die "missing program: $each (tests/cms/servers/needs.sh installs all)"
  done
}

supply() { # install what is missing, where that is possible
  once needs
  "$HERE/needs.sh"
  exec 8>&-
}

once() { # NAME: hold the lock of this name in the cache until `exec 8>&-`, for starts side by side
  exec 8>"$CACHE/.lock-$1"
  flock 8
}

alive() { # the server of DIR runs, and the process is not another one with the same number
  local pid environment
  pid=$(cat "$DIR/pid" 2>/dev/null) || return 1
  kill -0 "$pid" 2>/dev/null || return 1
  environment=$(tr '\0' '\n' <"/proc/$pid/environ" 2>/dev/null || true)
  [[ $'\n'$environment$'\n' == *$'\n'"CMS_DIR=$DIR"$'\n'* ]]
}

claim() { # PORT DIR: set PORT, DIR, CACHE, BASE; print env and end where it runs already
  [ $# -eq 2 ] || die "usage: $ME.sh PORT DIR"
  PORT=$1
  [[ $PORT =~ ^[0-9]+$ ]] && [ "$PORT" -ge 1024 ] && [ "$PORT" -le 65535 ] ||
    die "PORT must be a number from 1024 to 65535, not '$PORT'"
  mkdir -p "$2" && DIR=$(cd "$2" && pwd -P)
  CACHE=${CMS_CACHE:-$HERE/../../../.cms-cache}
  mkdir -p "$CACHE" && CACHE=$(cd "$CACHE" && pwd -P)
  BASE=http://127.0.0.1:$PORT
  exec 9>"$DIR/.lock"
  flock -n 9 || die "another start is at work in $DIR"
  if alive; then
    grep -qF "=$BASE" "$DIR/env" 2>/dev/null || die "it runs on another port; stop it first"
    cat "$DIR/env"
    exit 0
  fi
  rm -f "$DIR/pid"
  if (exec 3<>"/dev/tcp/127.0.0.1/$PORT") 2>/dev/null; then die "port $PORT is in use"; fi
}

launch() { # FOLDER COMMAND...: start a server in a process group of its own
  local folder=$1
  shift
  (cd "$folder" && CMS_DIR=$DIR exec setsid "$@") >"$DIR/server.log" 2>&1 </dev/null 8>&- 9>&- &
  echo $! >"$DIR/pid"
}

await() { # COMMAND...: wait until it succeeds; fail where the server ends or CMS_WAIT seconds pass
  local end=$((SECONDS + ${CMS_WAIT:-180}))
  until "$@" 2>"$DIR/await.log"; do
    kill -0 "$(cat "$DIR/pid")" 2>/dev/null ||
      { rm -f "$DIR/pid"; die "the server ended at once, see $DIR/server.log: $(tail -n 1 "$DIR/server.log")"; }
    [ $SECONDS -lt $end ] || { halt; die "no answer in ${CMS_WAIT:-180} s, see $DIR/server.log and await.log"; }
    sleep 0.2
  done
}

halt() { # end what `launch` started
  kill -- "-$(cat "$DIR/pid")" 2>/dev/null || true
  rm -f "$DIR/pid"
}
