#!/bin/sh
# An agent did not pick up.
# https://www.twilio.com/docs/voice/api/call-resource#statuscallback
# Signed for https://hooks.example.test with the made-up token of tests/support/webhooks.py.
# The door answers 200.
curl --silent --output /dev/null --write-out '%{http_code}' "$CENTRE/webhooks/voice/status?t=c1.WyJsZWciLCIyMDk2LTAyLTEzVDAzOjAwOjAwLjAwMFoiLCIiLCIrODIxMDU1NTAwMDAxIiwiQzEiLCJDQVNFMSIsIkkxIiwiTDEiLCJrbyIsIiIsMCxudWxsLGZhbHNlXQ.bvurCBmOjqYrBDSDpro0H6zhFN4EklTpNkoiFeAdM8g" \
  --header 'X-Twilio-Signature: eNA70zexcKqSx5LmKTr+oJ0KN0g=' \
  --data-urlencode CallSid=CA00000000000000000000000000000002 \
  --data-urlencode AccountSid=AC00000000000000000000000000000001 \
  --data-urlencode From=+15005550009 \
  --data-urlencode To=+821055500201 \
  --data-urlencode CallStatus=no-answer \
  --data-urlencode ApiVersion=2010-04-01 \
  --data-urlencode Direction=outbound-api \
  --data-urlencode CallDuration=42 \
  --data-urlencode Duration=1 \
  --data-urlencode SequenceNumber=3 \
  --data-urlencode 'Timestamp=Mon, 02 Mar 2026 03:00:42 +0000' \
  --data-urlencode CallbackSource=call-progress-events
