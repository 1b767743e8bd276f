"""A public resolver as forwarder."""

from collections.abc import Iterator
from ipaddress import ip_address

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING

_PUBLIC = {
    "Cloudflare": "1.0.0.1 1.1.1.1 1.1.1.2 2606:4700:4700::1001 2606:4700:4700::1111",
    "Google": "8.8.4.4 8.8.8.8 2001:4860:4860::8844 2001:4860:4860::8888",
    "OpenDNS": "208.67.220.220 208.67.222.222 2620:119:35::35 2620:119:53::53",
    "Quad9": "9.9.9.9 9.9.9.10 149.112.112.112 2620:fe::9 2620:fe::fe",
}
_OWNERS = {ip_address(address): owner for owner, addresses in _PUBLIC.items() for address in addresses.split()}


def check(view: View) -> Iterator[Advice]:
    """Forwarders that everybody shares."""
    for index, address in enumerate(view.spec.resolver.forwarders):
        if address in _OWNERS:
            fact = f"the forwarder `{address}` is the public resolver of {_OWNERS[address]}"
            hint = "leave `forwarders` out: the server then asks the authoritative servers itself"
            yield Advice(("resolver", "forwarders", index), fact, hint, str(address))
