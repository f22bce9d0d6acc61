<?php
// What a web server's rewrite rules do: files as they are, everything else to WordPress.
$path = rawurldecode( (string) parse_url( $_SERVER['REQUEST_URI'], PHP_URL_PATH ) );
if ( strpos( $path, '..' ) !== false || preg_match( '~/\.~', $path ) ) {
	http_response_code( 403 );
	return true;
}
$file = __DIR__ . $path;
if ( '/' !== $path && is_dir( $file ) && is_file( rtrim( $file, '/' ) . '/index.php' ) ) {
	if ( substr( $path, -1 ) !== '/' ) {
		header( "Location: $path/", true, 301 );
		return true;
	}
	$path .= 'index.php';
	$file  = __DIR__ . $path;
}
if ( '/' !== $path && is_file( $file ) && substr( $file, -4 ) !== '.php' ) {
	return false; // the server sends it
}
if ( '/' === $path || ! is_file( $file ) ) {
	$path = '/index.php';
	$file = __DIR__ . $path;
}
$_SERVER['SCRIPT_NAME']     = $path;
$_SERVER['PHP_SELF']        = $path;
$_SERVER['SCRIPT_FILENAME'] = $file;
chdir( dirname( $file ) );
require $file;
return true;
