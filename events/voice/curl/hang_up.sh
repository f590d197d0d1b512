#!/bin/sh
# They hang up.
# https://www.twilio.com/docs/voice/api/call-resource#statuscallback
# Signed for https://hooks.example.test with the made-up token of tests/support/webhooks.py.
# The door answers 200.
curl --silent --output /dev/null --write-out '%{http_code}' "$CENTRE/webhooks/voice/status" \
  --header 'X-Twilio-Signature: NN601kxaW3SKD9jehDQVFxCV9r8=' \
  --data-urlencode CallSid=CA00000000000000000000000000000001 \
  --data-urlencode AccountSid=AC00000000000000000000000000000001 \
  --data-urlencode From=+821055500001 \
  --data-urlencode To=+15005550009 \
  --data-urlencode CallStatus=completed \
  --data-urlencode ApiVersion=2010-04-01 \
  --data-urlencode Direction=inbound \
  --data-urlencode CallDuration=42 \
  --data-urlencode Duration=1 \
  --data-urlencode SequenceNumber=3 \
  --data-urlencode 'Timestamp=Mon, 02 Mar 2026 03:00:42 +0000' \
  --data-urlencode CallbackSource=call-progress-events
