"""Addresses and networks of IPv4 and IPv6."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Annotated, Any

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema

from ..shown import shown
from .spec import refusal


def _address(value: Any) -> IPv4Address | IPv6Address:
    try:
        # a scope (`fe80::1%eth0`) may hold any text, and a public address has none
        return ip_address(value if isinstance(value, str | IPv4Address | IPv6Address) and "%" not in str(value) else "")
    except ValueError:
        raise refusal(
            "bad-ip", f"`{shown(value)}` is no IP address", 'write `198.51.100.25` or, in quotes, `"2001:db8::25"`'
        ) from None


def _network(value: Any) -> IPv4Network | IPv6Network:
    try:
        return ip_network(value if isinstance(value, str | IPv4Network | IPv6Network) and "%" not in str(value) else "")
    except ValueError:
        raise refusal(
            "bad-ip", f"`{shown(value)}` is no network", "write `198.51.100.0/24`, with no bits after the mask"
        ) from None


IpAddress = Annotated[
    IPv4Address | IPv6Address, PlainValidator(_address), PlainSerializer(str), WithJsonSchema({"type": "string"})
]
"""An IPv4 or IPv6 address."""

IpNetwork = Annotated[
    IPv4Network | IPv6Network, PlainValidator(_network), PlainSerializer(str), WithJsonSchema({"type": "string"})
]
"""An IPv4 or IPv6 network in CIDR notation (RFC 4632)."""
