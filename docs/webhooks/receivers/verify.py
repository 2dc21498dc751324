# Verifies webhooks by X-Signature-V2, which still holds when a framework has parsed the body and written it again.
import hashlib
import hmac
import json
import os
import sys
import time


def verify(body, headers, secret, now=None):
    """body: the request's body; headers: with lower-case names; secret: of the destination.
    Raises ValueError when the body is not JSON."""
    event = whole(json.loads(body))
    timestamp = headers.get("x-timestamp", "")
    # The header is not signed, the body's timestamp is: they have to agree.
    if timestamp != str(event.get("timestamp")) or not timestamp.isdecimal():
        return False
    if abs((now or time.time()) - int(timestamp)) > 300:
        return False
    expected = hmac.new(secret.encode(), canonical(event).encode(), hashlib.sha256).hexdigest()
    # The second header is there while a new secret overlaps with the one before it.
    given = (headers.get(name, "") for name in ("x-signature-v2", "x-signature-v2-previous"))
    return any(hmac.compare_digest(expected.encode(), signature.encode("utf-8", "replace")) for signature in given)


def canonical(value):
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def whole(value):
    """98.0 counts, and is written, as 98."""
    if isinstance(value, dict):
        return {key: whole(member) for key, member in value.items()}
    if isinstance(value, list):
        return [whole(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


# WEBHOOK_SECRET=… python3 verify.py < deliveries.ndjson   each line: {"body": "…", "headers": {…}}
if __name__ == "__main__":
    for line in sys.stdin.buffer:
        delivery = json.loads(line)
        ok = verify(delivery["body"], delivery["headers"], os.environ["WEBHOOK_SECRET"])
        print("valid" if ok else "refused")
