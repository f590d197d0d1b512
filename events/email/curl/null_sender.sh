#!/bin/sh
# What a mail server says of a mail of ours: it has no sender, so that nobody answers it (RFC 3834).
# https://www.rfc-editor.org/rfc/rfc3464
# The mail server answers 250.
curl --silent --output /dev/null --write-out '%{http_code}' "smtp://$MAIL/client.example.test" \
  --mail-from '' --mail-rcpt help@shop.example.test --crlf --upload-file - <<'MAIL'
From: Mail Delivery System <mailer-daemon@example.test>
To: help@shop.example.test
Subject: Undelivered Mail
Auto-Submitted: auto-replied
Message-ID: <curl-2@mail.example.test>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=part

--part
Content-Type: text/plain

The address does not exist.
--part
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.test

Final-Recipient: rfc822; bo@example.test
Action: failed
Status: 5.1.1
--part--
MAIL
