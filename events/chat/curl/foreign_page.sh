#!/bin/sh
# What the widget asks first: a ticket for its socket on a page that may not carry it.
# docs/chat.md
# The door answers 403.
curl --silent --output /dev/null --write-out '%{http_code}' "$CENTRE/public/chat/ticket" \
  --header 'Origin: https://elsewhere.example.test' \
  --header 'Content-Type: application/json' \
  --data '{"language": "ko"}'
