#!/bin/sh
# What a mail program posts for who presses "unsubscribe", with a token that nobody signed.
# https://www.rfc-editor.org/rfc/rfc8058
# The door answers 404.
curl --silent --output /dev/null --write-out '%{http_code}' "$CENTRE/public/unsubscribe/C1.ABC.guessed" \
  --data 'List-Unsubscribe=One-Click'
