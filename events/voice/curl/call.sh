#!/bin/sh
# A customer calls.
# https://www.twilio.com/docs/voice/twiml#request-parameters
# Signed for https://hooks.example.test with the made-up token of tests/support/webhooks.py.
# The door answers 200.
curl --silent --output /dev/null --write-out '%{http_code}' "$CENTRE/webhooks/voice" \
  --header 'X-Twilio-Signature: JPw2RyYKNJXq1YS2FdOjcUmbN4c=' \
  --data-urlencode CallSid=CA00000000000000000000000000000001 \
  --data-urlencode AccountSid=AC00000000000000000000000000000001 \
  --data-urlencode From=+821055500001 \
  --data-urlencode To=+15005550009 \
  --data-urlencode CallStatus=ringing \
  --data-urlencode ApiVersion=2010-04-01 \
  --data-urlencode Direction=inbound \
  --data-urlencode FromCountry=KR \
  --data-urlencode FromCity= \
  --data-urlencode CallerName= \
  --data-urlencode Caller=+821055500001 \
  --data-urlencode Called=+15005550009
