"""Twilio's proof of a request: HMAC-SHA1 over the URL and the sorted form fields, with the auth token.

https://www.twilio.com/docs/usage/security#validating-requests
"""

import hmac
from base64 import b64encode
from collections.abc import Mapping


def proof(url: str, fields: Mapping[str, str], token: str) -> str:
    """The value of X-Twilio-Signature for a form that is posted; without fields for a GET."""
    signed = url + "".join(name + value for name, value in sorted(fields.items()))
    return b64encode(hmac.digest(token.encode(), signed.encode(), "sha1")).decode()
