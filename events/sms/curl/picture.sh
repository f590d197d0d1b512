#!/bin/sh
# A picture (MMS), with few words.
# https://www.twilio.com/docs/messaging/guides/webhook-request
# Signed for https://hooks.example.test with the made-up token of tests/support/webhooks.py.
# The door answers 200.
curl --silent --output /dev/null --write-out '%{http_code}' "$CENTRE/webhooks/sms" \
  --header 'X-Twilio-Signature: Z4+G/TK6CHoRK8LqdyXgoIaMIUg=' \
  --data-urlencode ToCountry=KR \
  --data-urlencode SmsStatus=received \
  --data-urlencode To=+15005550006 \
  --data-urlencode From=+821055500001 \
  --data-urlencode AccountSid=AC00000000000000000000000000000001 \
  --data-urlencode ApiVersion=2010-04-01 \
  --data-urlencode NumMedia=1 \
  --data-urlencode NumSegments=1 \
  --data-urlencode MessageSid=SM00000000000000000000000000000002 \
  --data-urlencode SmsSid=SM00000000000000000000000000000002 \
  --data-urlencode SmsMessageSid=SM00000000000000000000000000000002 \
  --data-urlencode 'Body=It broke' \
  --data-urlencode MediaUrl0=https://api.twilio.com/2010-04-01/Accounts/AC00000000000000000000000000000001/Messages/SM00000000000000000000000000000002/Media/ME00000000000000000000000000000001 \
  --data-urlencode MediaContentType0=image/jpeg
