<?php
// wp-config.php of the throw-away site; address.php and salts.php are written at each start.
define( 'LAB_DIR', dirname( __DIR__ ) );
require LAB_DIR . '/salts.php';
require LAB_DIR . '/address.php';
define( 'DB_DIR', LAB_DIR . '/db' );
define( 'DB_FILE', 'wordpress.sqlite' );
foreach ( array( 'DB_NAME' => 'wordpress', 'DB_USER' => '', 'DB_PASSWORD' => '', 'DB_HOST' => '', 'DB_CHARSET' => 'utf8mb4', 'DB_COLLATE' => '' ) as $lab_key => $lab_value ) {
	define( $lab_key, $lab_value );
}
define( 'WP_ENVIRONMENT_TYPE', 'local' );    // application passwords work over plain http
define( 'WP_HTTP_BLOCK_EXTERNAL', true );    // nothing but this machine is contacted
define( 'AUTOMATIC_UPDATER_DISABLED', true );
define( 'DISALLOW_FILE_MODS', true );
define( 'DISABLE_WP_CRON', true );           // nothing happens by itself: tests ask for /wp-cron.php
define( 'WP_DEBUG', true );
define( 'WP_DEBUG_DISPLAY', false );
define( 'WP_DEBUG_LOG', LAB_DIR . '/php-debug.log' );
$table_prefix = 'wp_';
if ( ! defined( 'ABSPATH' ) ) {
	define( 'ABSPATH', __DIR__ . '/' );
}
require_once ABSPATH . 'wp-settings.php';
