#!/usr/bin/env bash
# Put WordPress and the plugin that runs it on SQLite into a folder:  fetch-wordpress.sh FOLDER
#
# Where apt knows Debian's archive, WordPress is taken from there, in Debian's packages of the suite
# WP_SUITE (sid, the newest, by default; or trixie); elsewhere from WP_TARBALL. Nothing is installed.
. "$(dirname "$0")/common.sh"
TO=$1
TARBALL=${WP_TARBALL:-https://wordpress.org/latest.tar.gz}
DRIVER=@wp-playground/cli@3.1.56      # brings sqlite-database-integration.zip
need npm curl python3 tar
mkdir -p "$TO"
WORK=$(mktemp -d "$TO/../fetch.XXXXXX")
trap 'rm -rf "$WORK"' EXIT

archive=$(apt-get indextargets --format '$(LABEL) $(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
  awk '$1 == "Debian" && !found {print $2; found = 1}' || true)
if [ -n "$archive" ] && [ -z "${WP_TARBALL:-}" ]; then
  say "downloading from $archive"
  mkdir -p "$WORK/lists/partial" "$WORK/cache/archives/partial" "$WORK/debs" "$WORK/unpacked"
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $archive ${WP_SUITE:-sid} main" \
    >"$WORK/sources.list"
  apt() { # beside the machine's own lists, so that they stay as they are
    apt-get -o "Dir::Etc::sourcelist=$WORK/sources.list" -o Dir::Etc::sourceparts=/dev/null \
      -o "Dir::State::lists=$WORK/lists" -o "Dir::Cache=$WORK/cache" -o APT::Sandbox::User=root \
      -o Acquire::Retries=2 -o Acquire::Languages=none "$@"
  }
  apt update
  cd "$WORK/debs"
  apt download wordpress wordpress-theme-twentytwentyfive php-getid3 libphp-phpmailer \
    libjs-underscore libjs-lodash libjs-cropper libjs-jquery libjs-jquery-ui
  for each in *.deb; do dpkg-deb -x "$each" "$WORK/unpacked"; done
  python3 "$HERE/unpack_wordpress.py" "$WORK/unpacked" "$TO"
else
  say "downloading from $TARBALL"
  curl -fsSL "$TARBALL" | tar -xz -C "$TO" --strip-components=1
fi
[ -f "$TO/wp-settings.php" ] || die "what came is no WordPress"

mkdir -p "$WORK/npm" && cd "$WORK/npm"
npm pack --silent "$DRIVER"
tar -xzf ./*.tgz
python3 -m zipfile -e package/sqlite-database-integration.zip .
mv plugin-sqlite-database-integration "$TO/wp-content/plugins/sqlite-database-integration"
