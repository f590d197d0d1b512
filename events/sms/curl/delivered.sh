#!/bin/sh
# The state of one of our messages; c and s are our own reference to it.
# https://www.twilio.com/docs/messaging/guides/track-outbound-message-status
# Signed for https://hooks.example.test with the made-up token of tests/support/webhooks.py.
# The door answers 200.
curl --silent --output /dev/null --write-out '%{http_code}' "$CENTRE/webhooks/sms/status?c=C1&s=7" \
  --header 'X-Twilio-Signature: iZ0VB8cHadXv8eo0WfTQoSvISMg=' \
  --data-urlencode MessageStatus=delivered \
  --data-urlencode SmsStatus=delivered \
  --data-urlencode MessageSid=SM00000000000000000000000000000004 \
  --data-urlencode SmsSid=SM00000000000000000000000000000004 \
  --data-urlencode AccountSid=AC00000000000000000000000000000001 \
  --data-urlencode From=+15005550006 \
  --data-urlencode To=+821055500001 \
  --data-urlencode ApiVersion=2010-04-01
