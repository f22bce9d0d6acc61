#!/usr/bin/env bash
# See that this machine has what the servers need. As root, install what is missing; else say what.
. "$(dirname "$0")/common.sh"
missing=()
php -r 'foreach (["pdo_sqlite", "mbstring", "dom", "gd", "curl"] as $e) if (!extension_loaded($e)) exit(1);' \
  2>/dev/null || missing+=(php-cli php-sqlite3 php-mbstring php-xml php-gd php-curl)
command -v npm >/dev/null || missing+=(nodejs npm)
command -v c++ >/dev/null || missing+=(g++)
for each in curl make tar flock setsid; do
  case $each in flock | setsid) package=util-linux ;; *) package=$each ;; esac
  command -v $each >/dev/null || missing+=($package)
done
[ ${#missing[@]} -gt 0 ] || exit 0
how="apt-get install --no-install-recommends ${missing[*]}"
[ "$(id -u)" = 0 ] && command -v apt-get >/dev/null ||
  die "the servers need programs that are not here. Ask an administrator to run: $how"
say "installing ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
{ timeout 120 apt-get update && timeout 600 $how --yes; } >"$log" 2>&1 ||
  die "could not install ${missing[*]}: $(tail -n 3 "$log")"
rm -f "$log"
