"""How near an address is: what lies on the open internet may not point to what lies nearer.

A person may name any address. What comes from there, the items of a feed and redirects, may lead as near as that
address itself and no nearer: else a stranger's feed could have us ask the printer, or the database, behind the
firewall (server-side request forgery).
"""

from __future__ import annotations

import ipaddress
from enum import IntEnum

_Ip = ipaddress.IPv4Address | ipaddress.IPv6Address
# https://www.rfc-editor.org/rfc/rfc6052#section-2.1: IPv4 addresses as seen through a translator
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Reach(IntEnum):
    """Where an address is, the nearer the higher."""

    PUBLIC = 0
    PRIVATE = 1
    """A network of one's own, as 192.168.0.0/16."""
    LOCAL = 2
    """This machine, or what only it can ask: loopback, link-local."""


def reach_of(address: str) -> Reach:
    """Where an IP address is.

    Raises:
        ValueError: it is no IP address.
    """
    ip = _embedded(ipaddress.ip_address(address.partition("%")[0]))
    if ip.is_loopback or ip.is_link_local or ip.is_unspecified:
        return Reach.LOCAL
    return Reach.PUBLIC if ip.is_global and not ip.is_multicast else Reach.PRIVATE


def _embedded(ip: _Ip) -> _Ip:
    """The IPv4 address that an IPv6 address stands for, where it does."""
    if isinstance(ip, ipaddress.IPv4Address):
        return ip
    if ip in _NAT64:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    teredo = ip.teredo[1] if ip.teredo else None
    return ip.ipv4_mapped or ip.sixtofour or teredo or ip
