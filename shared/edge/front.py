"""Whether a request came through CloudFront, which writes a word of ours into each request it hands on.

The APIs have addresses of their own, and whoever calls those comes past CloudFront and its firewall. Sockets
are not asked: CloudFront does not carry them, and a ticket opens one only once.
"""

from collections.abc import Mapping
from hmac import compare_digest

from shared.domain.errors import Refused
from shared.edge.settings import environment

HEADER = "x-patchbay-front"


def require(headers: Mapping[str, str]) -> None:
    """Raises Refused (403). Where no word is set, as in the local run, nothing is asked."""
    word = environment.front_word
    if word and not compare_digest(headers.get(HEADER, "").encode(), word.encode()):
        raise Refused("forbidden", "it came past the front", status=403)
