#!/bin/sh
# One of our messages did not arrive, and why: https://www.twilio.com/docs/api/errors/30003
# https://www.twilio.com/docs/messaging/guides/track-outbound-message-status
# Signed for https://hooks.example.test with the made-up token of tests/support/webhooks.py.
# The door answers 200.
curl --silent --output /dev/null --write-out '%{http_code}' "$CENTRE/webhooks/sms/status?c=C1&s=8" \
  --header 'X-Twilio-Signature: tA2fLjDUioPrj3lU6YGDnpfr9TY=' \
  --data-urlencode MessageStatus=undelivered \
  --data-urlencode SmsStatus=undelivered \
  --data-urlencode MessageSid=SM00000000000000000000000000000005 \
  --data-urlencode SmsSid=SM00000000000000000000000000000005 \
  --data-urlencode AccountSid=AC00000000000000000000000000000001 \
  --data-urlencode From=+15005550006 \
  --data-urlencode To=+821055500001 \
  --data-urlencode ApiVersion=2010-04-01 \
  --data-urlencode ErrorCode=30003
