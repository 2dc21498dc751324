<?php
// Verifies webhooks by X-Signature, over the bytes of the body as they arrived: file_get_contents('php://input').

/** $headers: with lower-case names; $secret: of the destination */
function verify(string $body, array $headers, string $secret, ?int $now = null): bool
{
    $timestamp = json_decode($body, true)['timestamp'] ?? null;
    // The header is not signed, the body's timestamp is: they have to agree.
    if (!is_int($timestamp) || (string) $timestamp !== ($headers['x-timestamp'] ?? '')) {
        return false;
    }
    if (abs(($now ?? time()) - $timestamp) > 300) {
        return false;
    }
    $expected = hash_hmac('sha256', $body, $secret);
    // The second header is there while a new secret overlaps with the one before it.
    return hash_equals($expected, $headers['x-signature'] ?? '')
        || hash_equals($expected, $headers['x-signature-previous'] ?? '');
}

// WEBHOOK_SECRET=… php verify.php < deliveries.ndjson   each line: {"body": "…", "headers": {…}}
if (PHP_SAPI === 'cli' && realpath($argv[0]) === __FILE__) {
    while (($line = fgets(STDIN)) !== false) {
        $delivery = json_decode($line, true);
        echo verify($delivery['body'], $delivery['headers'], getenv('WEBHOOK_SECRET')) ? "valid\n" : "refused\n";
    }
}
