#!/bin/sh
# A customer's message. Put here the address of the provider's page about it.
# The door answers 200.
curl --silent --output /dev/null --write-out '%{http_code}' "$CENTRE/webhooks/voice" \
  --header 'Content-Type: application/json' \
  --header 'X-voice-Secret: made-up' \
  --data '{"id": "m1", "from": "customer-1", "text": "Hello"}'
