"""A sentence without what its reader must not learn: who reads an issue is a stranger."""

import re

PRIVATE = (
    (re.compile(r"\b(https?|wss?)://[^\s/,;)'\"]+"), "<address>"),
    (re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+"), "<mail>"),
    (re.compile(r"\b(?:\d{1,3}\.){3}\d{1,3}\b"), "<address>"),
    (re.compile(r"\b[\w-]+(\.[\w-]+)*\.(amazonaws\.com(\.cn)?|cloudfront\.net)\b"), "<address>"),
    (re.compile(r"\b[a-z]{2}(-[a-z]+)+-\d_[A-Za-z0-9]{5,}\b"), "<user pool>"),
    (re.compile(r"\b(AKIA|ASIA|AROA|AIDA)[A-Z0-9]{16}\b"), "<key>"),
    (re.compile(r"\b(AC|SM|MM|SK)[0-9a-f]{32}\b"), "<provider's id>"),
    (re.compile(r"\+\d[\d ()-]{5,18}\d\b"), "<number>"),
    (re.compile(r"(?<!\d)\d{12}(?!\d)"), "<account>"),
)


def masked(sentence: str) -> str:
    for pattern, instead in PRIVATE:
        sentence = pattern.sub(instead, sentence)
    return sentence
