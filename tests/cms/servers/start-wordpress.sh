#!/usr/bin/env bash
# Start a real, throw-away WordPress on this machine and print how to reach it, as KEY=VALUE lines.
#
#   start-wordpress.sh PORT DIR
#
# DIR gets everything: site, database (SQLite), logs, and the printed lines as DIR/env. The same DIR
# again is the same site with the same content; an empty one is a clean site. stop-cms.sh DIR ends it.
#
# Variables, all optional:
#   CMS_CACHE      folder that keeps downloads (default .cms-cache in the checkout)
#   WP_SUITE       which WordPress, see fetch-wordpress.sh
#   WP_MU_PLUGINS  folder whose *.php files become must-use plugins
#   WP_TIMEZONE    of the site (default America/Los_Angeles, so that slips with UTC show)
#   WP_TITLE       of the site (default Lab site)
# Needs php with pdo_sqlite, mbstring, dom, gd; npm, curl, python3 (see needs.sh).
. "$(dirname "$0")/common.sh"
claim "$@"
supply
export WP_TIMEZONE=${WP_TIMEZONE:-America/Los_Angeles} WP_TITLE=${WP_TITLE:-Lab site} LAB_HOST=127.0.0.1:$PORT

# ---- the program, once for each cache; then a copy for this site
PROGRAM=$CACHE/wordpress-${WP_SUITE:-sid}
SITE=$DIR/site
once wordpress
if [ ! -e "$PROGRAM" ]; then
  say "fetching WordPress, once; this takes a minute"
  rm -rf "$PROGRAM.new"
  "$HERE/fetch-wordpress.sh" "$PROGRAM.new" >"$CACHE/wordpress.log" 2>&1 ||
    die "could not fetch WordPress, see $CACHE/wordpress.log: $(tail -n 1 "$CACHE/wordpress.log")"
  mv "$PROGRAM.new" "$PROGRAM"
fi
exec 8>&-
if [ ! -e "$SITE" ]; then
  rm -rf "$SITE.new" && cp -r "$PROGRAM" "$SITE.new" && mv "$SITE.new" "$SITE"
fi
mkdir -p "$SITE/wp-content/mu-plugins" "$SITE/wp-content/uploads"
cp "$HERE/wordpress/config.php" "$SITE/wp-config.php"
cp "$HERE/wordpress/router.php" "$SITE/"
cp "$HERE/wordpress/db.php" "$SITE/wp-content/"
cp "$HERE/wordpress/no-mail.php" "$SITE/wp-content/mu-plugins/"
[ -z "${WP_MU_PLUGINS:-}" ] || cp -- "$WP_MU_PLUGINS"/*.php "$SITE/wp-content/mu-plugins/"
umask 077
echo "<?php define( 'WP_HOME', '$BASE' ); define( 'WP_SITEURL', '$BASE' );" >"$DIR/address.php"
[ -s "$DIR/salts.php" ] || python3 -c '
import secrets
print("<?php")
for name in ("AUTH", "SECURE_AUTH", "LOGGED_IN", "NONCE"):
    for kind in ("KEY", "SALT"):
        print(f"define( \"{name}_{kind}\", \"{secrets.token_hex(32)}\" );")' >"$DIR/salts.php"

# ---- install once; users of four roles, each with an application password
if [ ! -s "$DIR/credentials" ]; then
  rm -rf "$DIR/db" && mkdir -p "$DIR/db"
  php -d error_reporting=0 -d display_errors=stderr "$HERE/wordpress/install.php" "$SITE" \
    >"$DIR/credentials.new" 2>"$DIR/install.log" || die "the installation failed, see $DIR/install.log"
  grep -q '^WP_CONTRIBUTOR_APP_PASSWORD=.' "$DIR/credentials.new" ||
    die "the installation ended early, see $DIR/install.log and $DIR/php-debug.log"
  mv "$DIR/credentials.new" "$DIR/credentials"
fi

# ---- start, and wait until it knows its administrator
export PHP_CLI_SERVER_WORKERS=4
launch "$SITE" php -d upload_max_filesize=32M -d post_max_size=40M -d memory_limit=256M \
  -S "127.0.0.1:$PORT" -t "$SITE" "$SITE/router.php"
whoami() {
  sed -n 's/^WP_ADMIN_APP_PASSWORD=\(.*\)/user = "admin:\1"/p' "$DIR/credentials" |
    curl -fsS -m 10 -K - "$BASE/wp-json/wp/v2/users/me?context=edit&_fields=roles" | grep administrator
}
await whoami >/dev/null
{
  echo "WP_URL=$BASE"
  cat "$DIR/credentials"
  echo "WP_DB=$DIR/db/wordpress.sqlite"
  echo "WP_UPLOADS=$SITE/wp-content/uploads"
  echo "WP_MAIL_LOG=$DIR/mail.log"
} >"$DIR/env"
cat "$DIR/env"
