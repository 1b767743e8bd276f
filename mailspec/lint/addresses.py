"""Kinds of IP addresses."""

from ipaddress import IPv4Address, IPv6Address, ip_network

_EXAMPLES = tuple(
    ip_network(n) for n in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32", "3fff::/20")
)


def is_example(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address is kept for documents and tests (RFC 5737, RFC 3849, RFC 9637)."""
    return any(address in network for network in _EXAMPLES)
