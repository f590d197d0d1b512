#!/bin/sh
# What the widget asks first: a ticket for its socket, here for a page of a shop that may carry it.
# docs/chat.md
# The door answers 200.
curl --silent --output /dev/null --write-out '%{http_code}' "$CENTRE/public/chat/ticket" \
  --header 'Origin: https://shop.example.test' \
  --header 'Content-Type: application/json' \
  --data '{"language": "ko"}'
