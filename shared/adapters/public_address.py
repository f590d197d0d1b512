"""The addresses of a name, and whether one of them is a host of the internet."""

import socket
from collections.abc import Collection
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

UNICAST = IPv6Network("2000::/3")  # whatever is public and one host
Address = IPv4Address | IPv6Address


def resolve(host: str, port: int) -> Collection[str]:
    """Every address of a name; a number in any spelling (2130706433, 0x7f.1) is its address."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def public(address: str) -> bool:
    """Whether this is one host of the internet: neither this machine, nor its network, nor a provider's
    metadata, nor such a one wrapped into IPv6 (mapped, 6to4, Teredo, NAT64 are not accepted at all).
    """
    try:
        ip: Address = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        return ip in UNICAST and ip.is_global and not (ip.sixtofour or ip.teredo)
    return ip.is_global and not ip.is_multicast
