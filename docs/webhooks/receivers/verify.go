// Verifies webhooks by X-Signature, over the bytes of the body as they arrived: read them before anything parses them.
package main

import (
	"bufio"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"time"
)

// Verify takes the request's body, its headers and the secret of the destination.
func Verify(body []byte, headers http.Header, secret string, now time.Time) bool {
	var event struct {
		Timestamp int64 `json:"timestamp"`
	}
	if json.Unmarshal(body, &event) != nil {
		return false
	}
	// The header is not signed, the body's timestamp is: they have to agree.
	age := now.Unix() - event.Timestamp
	if headers.Get("X-Timestamp") != strconv.FormatInt(event.Timestamp, 10) || age > 300 || age < -300 {
		return false
	}
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write(body)
	expected := mac.Sum(nil)
	// The second header is there while a new secret overlaps with the one before it.
	for _, name := range []string{"X-Signature", "X-Signature-Previous"} {
		given, err := hex.DecodeString(headers.Get(name))
		if err == nil && hmac.Equal(given, expected) {
			return true
		}
	}
	return false
}

// WEBHOOK_SECRET=… go run verify.go < deliveries.ndjson   each line: {"body": "…", "headers": {…}}
func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var delivery struct {
			Body    string
			Headers map[string]string
		}
		if err := json.Unmarshal(lines.Bytes(), &delivery); err != nil {
			panic(err)
		}
		headers := http.Header{}
		for name, value := range delivery.Headers {
			headers.Set(name, value)
		}
		if Verify([]byte(delivery.Body), headers, os.Getenv("WEBHOOK_SECRET"), time.Now()) {
			fmt.Println("valid")
		} else {
			fmt.Println("refused")
		}
	}
}
