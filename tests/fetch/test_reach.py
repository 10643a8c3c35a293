from __future__ import annotations

import pytest

from kg.fetch.reach import Reach, reach_of


@pytest.mark.parametrize(
    "address, reach",
    [
        ("93.184.216.34", Reach.PUBLIC),
        ("2606:2800:220:1:248:1893:25c8:1946", Reach.PUBLIC),
        ("10.1.2.3", Reach.PRIVATE),
        ("172.16.0.1", Reach.PRIVATE),
        ("192.168.1.1", Reach.PRIVATE),
        ("100.64.0.1", Reach.PRIVATE),
        ("fd00::1", Reach.PRIVATE),
        ("224.0.0.1", Reach.PRIVATE),
        ("255.255.255.255", Reach.PRIVATE),
        ("127.0.0.1", Reach.LOCAL),
        ("127.9.9.9", Reach.LOCAL),
        ("0.0.0.0", Reach.LOCAL),
        ("169.254.169.254", Reach.LOCAL),
        ("::1", Reach.LOCAL),
        ("::", Reach.LOCAL),
        ("fe80::1%eth0", Reach.LOCAL),
        # IPv4 in other clothes
        ("::ffff:127.0.0.1", Reach.LOCAL),
        ("::ffff:10.0.0.1", Reach.PRIVATE),
        ("64:ff9b::7f00:1", Reach.LOCAL),
        ("2002:7f00:1::", Reach.LOCAL),
        ("2001:0:4136:e378:8000:63bf:3fff:fdd2", Reach.PRIVATE),
    ],
)
def test_where_an_address_is(address: str, reach: Reach) -> None:
    assert reach_of(address) is reach


def test_what_is_no_ip_address() -> None:
    with pytest.raises(ValueError):
        reach_of("localhost")
