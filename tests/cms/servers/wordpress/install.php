<?php
// Install headless, with a user of each role, and print KEY=VALUE lines.  php install.php SITE
list( , $site ) = $argv;
$_SERVER += array( 'HTTP_HOST' => getenv( 'LAB_HOST' ), 'REQUEST_METHOD' => 'GET', 'REQUEST_URI' => '/', 'SERVER_PROTOCOL' => 'HTTP/1.1', 'SERVER_NAME' => '127.0.0.1', 'SERVER_PORT' => '80' );
define( 'WP_INSTALLING', true );
ob_start();
require $site . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
$password = bin2hex( random_bytes( 8 ) );
wp_install( getenv( 'WP_TITLE' ), 'admin', 'admin@example.test', false, '', $password );
$options = array(
	'permalink_structure'   => '/%postname%/',
	'timezone_string'       => getenv( 'WP_TIMEZONE' ),
	'default_pingback_flag' => '',
	'default_ping_status'   => 'closed',
	'ping_sites'            => '',
);
foreach ( $options as $name => $value ) {
	update_option( $name, $value );
}
flush_rewrite_rules( false );
$out   = array( 'WP_VERSION' => $GLOBALS['wp_version'], 'WP_ADMIN_PASSWORD' => $password );
$roles = array( 'admin' => 'administrator', 'editor' => 'editor', 'author' => 'author', 'contributor' => 'contributor' );
foreach ( $roles as $name => $role ) {
	$user = get_user_by( 'login', $name );
	$id   = $user ? $user->ID : wp_insert_user( array( 'user_login' => $name, 'user_pass' => bin2hex( random_bytes( 12 ) ), 'user_email' => "$name@example.test", 'role' => $role ) );
	$made = is_wp_error( $id ) ? $id : WP_Application_Passwords::create_new_application_password( $id, array( 'name' => 'lab' ) );
	if ( is_wp_error( $made ) ) {
		fwrite( STDERR, $made->get_error_message() );
		exit( 1 );
	}
	$out[ 'WP_' . strtoupper( $name ) . '_APP_PASSWORD' ] = $made[0];
}
ob_end_clean();
foreach ( $out as $key => $value ) {
	echo "$key=$value\n";
}
