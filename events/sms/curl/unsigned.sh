#!/bin/sh
# Somebody who is not Twilio.
# https://www.twilio.com/docs/messaging/guides/webhook-request
# The door answers 401.
curl --silent --output /dev/null --write-out '%{http_code}' "$CENTRE/webhooks/sms" \
  --data-urlencode ToCountry=KR \
  --data-urlencode SmsStatus=received \
  --data-urlencode To=+15005550006 \
  --data-urlencode From=+821055500001 \
  --data-urlencode AccountSid=AC00000000000000000000000000000001 \
  --data-urlencode ApiVersion=2010-04-01 \
  --data-urlencode NumMedia=0 \
  --data-urlencode NumSegments=1 \
  --data-urlencode MessageSid=SM00000000000000000000000000000006 \
  --data-urlencode SmsSid=SM00000000000000000000000000000006 \
  --data-urlencode SmsMessageSid=SM00000000000000000000000000000006 \
  --data-urlencode Body=hello
