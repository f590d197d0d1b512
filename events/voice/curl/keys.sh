#!/bin/sh
# They press 1 in the menu; the token says where they are.
# https://www.twilio.com/docs/voice/twiml#request-parameters
# Signed for https://hooks.example.test with the made-up token of tests/support/webhooks.py.
# The door answers 200.
curl --silent --output /dev/null --write-out '%{http_code}' "$CENTRE/webhooks/voice?t=c1.WyJzdGVwIiwiMjA5Ni0wMi0xM1QwMzowMDowMC4wMDBaIiwiQ0EwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMSIsIis4MjEwNTU1MDAwMDEiLCIiLCIiLCIiLCIiLCJrbyIsIiIsMCxbIndlbGNvbWUiLDEsInRvcGljIiwiMjA5Ni0wMi0xM1QwMzowMDowMC4wMDBaIiwwLDAsMCxbXSwiIiwiIl0sZmFsc2Vd.MZNmXnEYPpO2c6jFryYtIbKmM2zelbeI72S58JtXIMA" \
  --header 'X-Twilio-Signature: +pR+F2SCSgOAuloXQVwmdmupTZs=' \
  --data-urlencode CallSid=CA00000000000000000000000000000001 \
  --data-urlencode AccountSid=AC00000000000000000000000000000001 \
  --data-urlencode From=+821055500001 \
  --data-urlencode To=+15005550009 \
  --data-urlencode CallStatus=in-progress \
  --data-urlencode ApiVersion=2010-04-01 \
  --data-urlencode Direction=inbound \
  --data-urlencode Digits=1
