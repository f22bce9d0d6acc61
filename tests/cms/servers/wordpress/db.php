<?php
// Drop-in: WordPress runs on SQLite through the sqlite-database-integration plugin.
define( 'SQLITE_DB_DROPIN_VERSION', '1.8.0' );
require_once WP_CONTENT_DIR . '/plugins/sqlite-database-integration/wp-includes/sqlite/db.php';
