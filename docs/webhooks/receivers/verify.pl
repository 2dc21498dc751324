#!/usr/bin/env perl
# Verifies webhooks by X-Signature-V2, which still holds when a framework has parsed the body and written it again.
# Only core modules.
use strict;
use warnings;
use Digest::SHA qw(hmac_sha256_hex);
use JSON::PP;

my $json = JSON::PP->new->utf8->canonical;

# body: the bytes of the request's body; headers: with lower-case names; secret: of the destination, as bytes.
# Dies when the body is not JSON.
sub verify {
    my ($body, $headers, $secret, $now) = @_;
    my $event = $json->decode($body);
    my $timestamp = $headers->{'x-timestamp'} // '';
    # The header is not signed, the body's timestamp is: they have to agree.
    return 0 unless $timestamp =~ /\A\d+\z/ && $timestamp eq ($event->{timestamp} // '');
    return 0 if abs(($now // time) - $timestamp) > 300;
    my $canonical = $json->encode($event);
    # JSON::PP alone escapes DEL.
    $canonical =~ s/(?<!\\)((?:\\\\)*)\\u007f/$1\x7f/g;
    my $expected = hmac_sha256_hex($canonical, $secret);
    # The second header is there while a new secret overlaps with the one before it.
    return same($expected, $headers->{'x-signature-v2'}) || same($expected, $headers->{'x-signature-v2-previous'});
}

# In constant time.
sub same {
    my ($expected, $given) = @_;
    return 0 unless defined $given && length $given == length $expected;
    my $difference = 0;
    $difference |= ord(substr $expected, $_, 1) ^ ord(substr $given, $_, 1) for 0 .. length($expected) - 1;
    return $difference == 0;
}

# WEBHOOK_SECRET=… perl verify.pl < deliveries.ndjson   each line: {"body": "…", "headers": {…}}
unless (caller) {
    while (my $line = <STDIN>) {
        my $delivery = $json->decode($line);
        utf8::encode(my $body = $delivery->{body});
        print verify($body, $delivery->{headers}, $ENV{WEBHOOK_SECRET}) ? "valid\n" : "refused\n";
    }
}
