<?php
// No mail ever leaves the throw-away site: each is written down instead, for tests to count.
add_filter(
	'pre_wp_mail',
	function ( $done, $mail ) {
		$line = wp_json_encode( array( 'to' => $mail['to'], 'subject' => $mail['subject'] ) ) . "\n";
		file_put_contents( LAB_DIR . '/mail.log', $line, FILE_APPEND | LOCK_EX );
		return true;
	},
	10,
	2
);
