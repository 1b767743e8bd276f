"""Facts for a canary: a small domain beside the real one, that proves a server before it is switched.

It is a copy of the spec with one of its domains and nobody but throw-away accounts, so that its rows and DNS records
come from the same code as the real ones. Nothing in it is secret: hashes stay empty until the server fills them in.
"""

from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any

from .dns import records
from .host import Host
from .model.dmarc import Dmarc
from .model.domain import MailDomain
from .model.secret import Secret
from .model.spf import Spf
from .rows import SCHEMA, TABLES, rows

_STRANGERS = {4: ("203.0.113.", "192.0.2.", "198.51.100."), 6: ("2001:db8:ca7::", "2001:db8:ca8::", "2001:db8:ca9::")}
"""Networks of documentation, of which the stranger gets one where the server is not."""
_COUNT = 6
"""How many: Dovecot lets whoever comes from where a login failed wait for seconds, so the last two fail for all."""
_OUTSIDE = "stranger.example"
# No name of the canary has a character that may be a separator: `canary-unknown` would reach `canary` where `-` is one.


def facts(spec: MailDomain, server: str) -> dict[str, Any]:
    """What a canary has to know of a server and its domain."""
    host = Host(spec, server)
    domain = spec.main_domain or next(name for name, entry in spec.domains.items() if not entry.alias_of)
    strangers = [address for version in (4, 6) for address in _strangers(spec, host, version)]
    small = _small(spec, domain, strangers[0])
    return {
        "addresses": host.ipv4 + host.ipv6,
        "alias": f"canaryalias@{domain}",
        "blocked": f"canaryblocked@{domain}",
        "certificate": host.certificate,
        "closed": f"canaryclosed@{domain}",
        "domain": domain,
        "full": f"canaryfull@{domain}",
        "list": f"canarylist@{domain}",
        "name": server,
        "policies": {policy.host: policy.text for policy in host.policies},
        "ports": {str(port): name for port, name in host.services.items()},
        "postmaster": f"postmaster@{domain}",
        "records": _records(small, strangers),
        "rows": {table: _change(table, found) for table, found in rows(small, server).items()},
        "schema": SCHEMA,
        "selectors": sorted(small.dkim_keys(domain)),
        "ssh": _ssh(spec, host, strangers),
        "strangers": strangers,
        "unknown": f"canaryunknown@{domain}",
        "user": f"canary@{domain}",
        "web": host.web,
    }


def _small(spec: MailDomain, domain: str, stranger: str) -> MailDomain:
    """The same mail domain with one domain, and throw-away accounts instead of people."""
    app = {"hash": Secret("canary-app"), "protocols": ["imap"], "networks": [stranger]}

    def account(**more: Any) -> dict[str, Any]:
        return {"password": {"hash": Secret("canary"), "owner": "spec"}, **more}

    parts = {name: getattr(spec, name) for name in MailDomain.model_fields}
    changes: dict[str, Any] = {
        "postmaster": "canary",
        "default_domain": domain,
        # who else may send, and who gets reports, are people and servers that the canary's world does not have
        "domains": {
            domain: spec.domains[domain].model_copy(update={"catch_all": None, "dmarc": Dmarc(), "spf": Spf()})
        },
        "accounts": {
            "canary": account(aliases=["canaryalias"], app_passwords={"app": app}),
            "canaryblocked": account(state="send-blocked"),
            "canaryclosed": account(state="archived"),
            "canaryfull": account(quota=1),
        },
        "aliases": {},
        "groups": {},
        "lists": {"canarylist": {"members": ["canary"], "moderators": ["canary"], "post": "moderators"}},
        "dkim": {domain: spec.dkim_keys(domain)},
    }
    return MailDomain.model_validate({**parts, **changes})


def _change(table: str, found: list[Any]) -> dict[str, Any]:
    """Rows as the server takes them."""
    put = [[None if isinstance(value, Secret) else value for value in row] for row in found]
    return {"keys": TABLES[table][:1], "put": put, "drop": []}


def _records(small: MailDomain, strangers: list[str]) -> list[str]:
    """What DNS knows in the canary's world, as a resolver's local data."""
    lines = [f"{r.name}. {r.ttl} IN {r.type} {value}" for r in records(small) for value in r.values]
    lines.append(f"{_OUTSIDE}. 60 IN MX 10 mx.{_OUTSIDE}.")
    for number, address in enumerate(strangers):
        kind = "AAAA" if ":" in address else "A"
        lines += [f"mx.{_OUTSIDE}. 60 IN {kind} {address}"] if number == 0 else []
        lines.append(f"host.{_OUTSIDE}. 60 IN {kind} {address}")
        lines.append(f"{ip_address(address).reverse_pointer}. 60 IN PTR host.{_OUTSIDE}.")
    return lines


def _strangers(spec: MailDomain, host: Host, version: int) -> list[str]:
    """Addresses of the stranger, of a version the server has too."""
    ours = host.ipv4 if version == 4 else host.ipv6
    if not ours:
        return []
    taken = tuple(ours) + tuple(str(network.network_address) for network in spec.firewall.ssh.from_)
    prefix = next((p for p in _STRANGERS[version] if not any(a.startswith(p) for a in taken)), _STRANGERS[version][0])
    free = (f"{prefix}{number}" for number in range(7, 200))
    return [address for address in free if address not in ours][:_COUNT]


def _ssh(spec: MailDomain, host: Host, strangers: list[str]) -> dict[str, Any]:
    """The port of administrators, an address of one for each network that may use it, and whether strangers may not."""
    admins: list[IPv4Address | IPv6Address] = []
    for network in spec.firewall.ssh.from_:
        ours = host.ipv4 if network.version == 4 else host.ipv6
        free = (network[number] for number in range(min(network.num_addresses, 64)))
        able = [a for a in free if str(a) not in {*ours, *strangers} and not _is_special(a)]
        if ours and able:
            admins.append(able[-1])
    if not spec.firewall.ssh.from_:
        admins = [ip_address(next(a for a in strangers if (":" in a) == six)) for six in _families(strangers)]
    inside = any(ip_address(a) in network for a in strangers for network in spec.firewall.ssh.from_)
    return {
        "port": spec.firewall.ssh.port,
        "admins": list(dict.fromkeys(map(str, admins)))[:4],
        "closed": bool(spec.firewall.ssh.from_) and not inside,
    }


def _families(addresses: list[str]) -> list[bool]:
    """Whether IPv6, for each version there are addresses of."""
    return sorted({":" in address for address in addresses})


def _is_special(address: IPv4Address | IPv6Address) -> bool:
    return address.is_multicast or address.is_unspecified or address.is_loopback or address.is_link_local
