#!/bin/sh
# A mail as any mail program hands it over; on AWS it comes to SES, which the domain's MX record names.
# https://docs.aws.amazon.com/ses/latest/dg/receiving-email.html
# The mail server answers 250.
curl --silent --output /dev/null --write-out '%{http_code}' "smtp://$MAIL/client.example.test" \
  --mail-from ana@example.test --mail-rcpt help@shop.example.test --crlf --upload-file - <<'MAIL'
From: Ana Kim <ana@example.test>
To: help@shop.example.test
Subject: =?utf-8?B?7KO866y4?=
Message-ID: <curl-1@mail.example.test>
Date: Mon, 05 Jan 2026 15:00:00 +0900
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

안녕하세요, 언제 오나요?
MAIL
