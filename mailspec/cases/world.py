"""Everything outside the mail domain, for the tests: DNS from the root down and a foreign mail server, as files."""

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_interface

import dns.name
import dns.rdatatype
import dns.reversename
import dns.zone

from .outside import FRIEND, RELAY

Address = IPv4Address | IPv6Address

NAME_SERVER = "ns.world.example"
MAIL_SERVER = f"mail.{FRIEND}"
PROXY_PORT = 2525
"""A connection to it on `world` reaches port 25 of the server, and comes from the address of `world`."""
MAIL_FOLDER = "/var/mail/world"
"""Mail that arrived, as `<domain>/<local part>/new/<file>`."""

_PREFIX = {4: 26, 6: 64}


@dataclass(frozen=True)
class Foreign:
    """A domain of somebody else."""

    name: str
    dkim: Mapping[str, str]
    """Its public keys as TXT values, by selector."""
    policy: str = ""
    """What its DMARC record asks for; empty means that it has no SPF and no DMARC at all."""


@dataclass(frozen=True)
class Network:
    """The closed network of one run, found from the addresses of the servers in it."""

    servers: Mapping[str, tuple[Address, ...]]

    def _at(self, offset: int) -> list[Address]:
        found: dict[str, Address] = {}
        for addresses in self.servers.values():
            for address in addresses:
                found.setdefault(self.subnet(address), address)
        return [network_address + offset for network_address in map(self._base, found.values())]

    @staticmethod
    def subnet(address: Address) -> str:
        """The network an address is in."""
        return str(ip_interface(f"{address}/{_PREFIX[address.version]}").network)

    def _base(self, address: Address) -> Address:
        return ip_interface(self.subnet(address)).ip

    @property
    def subnets(self) -> list[str]:
        """The networks, IPv4 first."""
        return [self.subnet(address) for address in self.controller]

    @property
    def controller(self) -> list[Address]:
        """Where the tests run: a stranger without a name."""
        return sorted(self._at(1), key=lambda address: address.version)

    @property
    def world(self) -> list[Address]:
        """The host that stands for everybody else."""
        return [address + 1 for address in self.controller]


def _record(name: str, kind: str, value: object) -> str:
    return f"{name.rstrip('.')}. 300 IN {kind} {value}"


def _addresses(name: str, addresses: tuple[Address, ...] | list[Address]) -> list[str]:
    return [_record(name, "A" if address.version == 4 else "AAAA", address) for address in addresses]


def _foreign_zone(domain: Foreign, world: list[Address]) -> list[str]:
    lines = [_record(domain.name, "MX", f"10 {MAIL_SERVER}.")]
    if domain.policy:
        ranges = " ".join(f"ip{address.version}:{address}" for address in world)
        lines.append(_record(domain.name, "TXT", f'"v=spf1 {ranges} -all"'))
        lines.append(_record(f"_dmarc.{domain.name}", "TXT", f'"v=DMARC1; p={domain.policy}; adkim=s; aspf=s"'))
    for selector, value in domain.dkim.items():
        parts = " ".join(f'"{value[at : at + 250]}"' for at in range(0, len(value), 250))
        lines.append(_record(f"{selector}._domainkey.{domain.name}", "TXT", parts))
    return lines


def _reverse_zone(address: Address) -> str:
    labels = str(dns.reversename.from_address(str(address))).rstrip(".").split(".")
    return ".".join(labels[1:] if address.version == 4 else labels[16:])


def _complete(name: str, text: str) -> str:
    """A zone with the SOA and NS records an authoritative server needs, sorted."""
    origin = dns.name.from_text(name)
    zone = dns.zone.from_text(text, origin=origin, relativize=False, check_origin=False)
    lines = [zone.to_text(sorted=True, relativize=False).strip()]
    if zone.get_rdataset(origin, dns.rdatatype.SOA) is None:
        lines.insert(0, _record(name, "SOA", f"{NAME_SERVER}. hostmaster.{NAME_SERVER}. 1 3600 600 86400 60"))
    if zone.get_rdataset(origin, dns.rdatatype.NS) is None:
        lines.insert(1, _record(name, "NS", f"{NAME_SERVER}."))
    return "\n".join(line for line in lines if line) + "\n"


def zones(rendered: Mapping[str, str], network: Network, foreign: list[Foreign]) -> dict[str, str]:
    """Every zone of the world by name (`.` is the root); `rendered` are those of the domain under test."""
    world = network.world
    found: dict[str, list[str]] = {domain.name: _foreign_zone(domain, world) for domain in foreign}
    for name in (MAIL_SERVER, RELAY):
        found.setdefault(FRIEND, []).extend(_addresses(name, world))
    found["world.example"] = _addresses(NAME_SERVER, world)
    names = {MAIL_SERVER: tuple(world), **network.servers}
    for name, addresses in names.items():
        for address in addresses:
            reverse = str(dns.reversename.from_address(str(address)))
            found.setdefault(_reverse_zone(address), []).append(_record(reverse, "PTR", f"{name}."))
    for name, addresses in network.servers.items():
        if not any(name == zone or name.endswith(f".{zone}") for zone in [*rendered, *found]):
            found[name] = _addresses(name, addresses)
    texts = dict(rendered)
    for name, lines in found.items():
        texts[name] = texts.get(name, "") + "\n".join(lines) + "\n"
    for top in sorted({name.rpartition(".")[2] for name in texts}):
        below = sorted(name for name in texts if name.endswith(f".{top}"))
        delegations = "\n".join(_record(name, "NS", f"{NAME_SERVER}.") for name in below)
        texts[top] = delegations + "\n" + texts.get(top, "")
    tops = sorted(name for name in texts if "." not in name)
    glue = _addresses(NAME_SERVER, world)
    texts["."] = "\n".join([_record(name, "NS", f"{NAME_SERVER}.") for name in tops] + glue) + "\n"
    return {name: _complete(name, text) for name, text in sorted(texts.items())}


def name_server(zone_texts: Mapping[str, str], network: Network) -> dict[str, str]:
    """The files of NSD: its configuration and every zone."""
    listen = [*map(str, network.world), "127.0.0.1", "::1"]
    lines = ["server:", *(f"    ip-address: {address}" for address in listen)]
    lines += ["    hide-version: yes", "    rrl-ratelimit: 0", "    server-count: 1", '    zonesdir: "/etc/nsd/zones"']
    files = {}
    for name, text in zone_texts.items():
        file = f"{'root' if name == '.' else name}.zone"
        lines += ["", "zone:", f'    name: "{name}"', f'    zonefile: "{file}"']
        files[f"/etc/nsd/zones/{file}"] = text
    return {"/etc/nsd/nsd.conf": "\n".join(lines) + "\n", "/etc/resolv.conf": "nameserver 127.0.0.1\n", **files}


_MAIN = """\
compatibility_level = 3.6
myhostname = {name}
mydestination =
mynetworks = 127.0.0.0/8 [::1]/128 {controller}
inet_protocols = all
local_transport = error:there are no local users
alias_maps =
biff = no
message_size_limit = 209715200
mailbox_size_limit = 0
smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
smtpd_recipient_restrictions = check_recipient_access regexp:/etc/postfix/refused
smtpd_tls_cert_file = /etc/postfix/world.pem
smtpd_tls_key_file = /etc/postfix/world.key
smtpd_tls_security_level = may
smtpd_tls_received_header = yes
smtp_tls_security_level = may
smtp_tls_loglevel = 1
# a test does not wait five minutes for the second try
queue_run_delay = 2s
minimal_backoff_time = 2s
maximal_backoff_time = 4s
virtual_mailbox_domains = {domains}
virtual_transport = store
store_destination_recipient_limit = 1
"""
_MASTER = """\
smtp      inet  n  -  n  -   -  smtpd
587       inet  n  -  n  -   -  smtpd
    -o myhostname={relay}
    -o smtpd_tls_security_level=encrypt
pickup    unix  n  -  n  60  1  pickup
cleanup   unix  n  -  n  -   0  cleanup
qmgr      unix  n  -  n  1   1  qmgr
tlsmgr    unix  -  -  n  1000?  1  tlsmgr
rewrite   unix  -  -  n  -   -  trivial-rewrite
bounce    unix  -  -  n  -   0  bounce
defer     unix  -  -  n  -   0  bounce
trace     unix  -  -  n  -   0  bounce
verify    unix  -  -  n  -   1  verify
proxymap  unix  -  -  n  -   -  proxymap
smtp      unix  -  -  n  -   -  smtp
relay     unix  -  -  n  -   -  smtp
showq     unix  n  -  n  -   -  showq
error     unix  -  -  n  -   -  error
retry     unix  -  -  n  -   -  error
anvil     unix  -  -  n  -   1  anvil
scache    unix  -  -  n  -   1  scache
postlog   unix-dgram n -  n  -   1  postlogd
store     unix  -  n  n  -   -  pipe
    flags=DOR user=world argv=/etc/postfix/store ${{domain}} ${{user}}
"""
# the raw message, readable for whoever runs the tests; it appears under its name when it is complete
_STORE = """\
#!/bin/sh -e
umask 022
mkdir -p {folder}/$1/$2/tmp {folder}/$1/$2/new
cat > {folder}/$1/$2/tmp/$$
mv {folder}/$1/$2/tmp/$$ {folder}/$1/$2/new/$(date +%s%N).$$
"""
_SOCKET = """\
[Socket]
ListenStream={listen}
FreeBind=yes

[Install]
WantedBy=sockets.target
"""
_SERVICE = """\
[Service]
ExecStart=/usr/lib/systemd/systemd-socket-proxyd {target}
"""


def _endpoint(address: Address, port: int) -> str:
    return f"[{address}]:{port}" if address.version == 6 else f"{address}:{port}"


def mail_server(foreign: list[Foreign], network: Network) -> dict[str, str]:
    """The files of Postfix, and of the sockets that let a test speak to the server from the address of `world`."""
    controller = " ".join(f"[{a}]/128" if a.version == 6 else f"{a}/32" for a in network.controller)
    domains = " ".join(sorted(domain.name for domain in foreign))
    files = {
        "/etc/postfix/main.cf": _MAIN.format(name=MAIL_SERVER, controller=controller, domains=domains),
        "/etc/postfix/master.cf": _MASTER.format(relay=RELAY),
        "/etc/postfix/store": _STORE.format(folder=MAIL_FOLDER),
        "/etc/postfix/refused": "/^refuse@/ 550 5.1.1 no such user here\n",
        "/etc/mailname": f"{MAIL_SERVER}\n",
    }
    targets = {address.version: address for addresses in network.servers.values() for address in addresses[::-1]}
    for address in network.world:
        unit = f"/etc/systemd/system/proxy-ipv{address.version}"
        files[f"{unit}.socket"] = _SOCKET.format(listen=_endpoint(address, PROXY_PORT))
        # systemd-socket-proxyd wants no brackets
        files[f"{unit}.service"] = _SERVICE.format(target=f"{targets[address.version]}:25")
    return files
