"""How a file of a message is asked for: with its channel's credentials, for the hosts that it declares."""

from collections.abc import Mapping
from ipaddress import ip_address
from typing import Protocol
from urllib.parse import urlsplit

from shared.domain.channel.carriage import Basic, Bearer
from shared.domain.channel.fetching import Wanted
from shared.domain.timeline.content import Part
from shared.domain.traits import Traits
from shared.edge.settings import environment
from shared.edge.wiring import ports


class Credentials(Protocol):
    """What a channel's outbound.py brings where its traits name hosts of files."""

    def credentials(self, secret: Mapping[str, str]) -> Basic | Bearer:
        """What its provider asks for before it hands out a file."""


def wanted(traits: Traits, outbound: Credentials, part: Part) -> Wanted:
    """Raises TryAgain, Misconfigured."""
    media = traits.media
    if not media.hosts:
        return Wanted(part.source, longest=media.taken)
    auth = outbound.credentials(ports().secrets.get(environment.media_secret_id(traits.name)))
    provider = environment.media_api_url(traits.name).rstrip("/")
    hosts = (*media.hosts, provider) if provider else media.hosts
    return Wanted(part.source, auth, hosts, _own(provider), media.taken)


def _own(provider: str) -> tuple[str, ...]:
    """The host of the provider's address, where the operator gave it as a number: the local run's stand-in. A
    name never counts as ours, whatever it leads to.
    """
    host = urlsplit(provider).hostname or ""
    try:
        return (str(ip_address(host)),)
    except ValueError:
        return ()
