"""What one server needs to know, derived from the model; templates read it as `host`."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, collapse_addresses
from pathlib import Path

from .host_keys import HostKey, host_keys
from .mailing import PORT
from .model.domain import MailDomain
from .model.secret import Secret
from .model.servers import Role
from .mta_sts import Policy, served
from .packages import packages
from .server.mailboxes import LISTS, VMAIL
from .shared import FOLDER, rights
from .spelling import found

LOOKUP = "/var/lib/mailspec/lookup/lookup.db"
"""Where the lookup rows live on a server."""

_PORTS = {
    Role.MX: {25: "SMTP"},
    Role.SUBMISSION: {465: "submission over TLS", 587: "submission with STARTTLS"},
    Role.MAILBOX: {993: "IMAP over TLS", 995: "POP3 over TLS", 4190: "ManageSieve"},
}

_GROUPS = {
    "debian-12": ("X25519", "prime256v1", "secp384r1"),
    "debian-13": ("X25519MLKEM768", "X25519", "prime256v1", "secp384r1"),
}


@dataclass(frozen=True)
class Host:
    """One server of a mail domain."""

    spec: MailDomain
    name: str
    vmail = str(VMAIL)
    """Below it every mailbox: `<domain>/<local part>/Maildir`."""
    uid = 5000
    """The user and group id of `vmail`."""
    lookup = LOOKUP
    lists, mlmmj_port = str(LISTS), PORT
    decoy = f"{{ARGON2ID}}$argon2id$v=19$m=19456,t=2,p=1$bm8gcGFzc3dvcmQgaGVyZQ${'A' * 43}"
    """A hash of zeros, which no password has: an unknown login takes as long to refuse as a wrong password."""

    tls_ciphers = tuple(
        f"ECDHE-{key}-{cipher}"
        for cipher in ("AES128-GCM-SHA256", "AES256-GCM-SHA384", "CHACHA20-POLY1305")
        for key in ("ECDSA", "RSA")
    )
    """The cipher suites of TLS 1.2, as OpenSSL names them; TLS 1.3 has no bad ones."""
    tls_signatures = (
        "ed25519",
        *(f"{key}+{digest}" for digest in ("SHA256", "SHA384", "SHA512") for key in ("ECDSA", "RSA-PSS", "RSA")),
    )
    """The signatures of a key exchange, as OpenSSL names them."""

    found = staticmethod(found)

    @property
    def os(self) -> str:
        """The release, such as `debian-13`."""
        return self.spec.servers[self.name].os.value

    @property
    def packages(self) -> tuple[str, ...]:
        """The packages to install."""
        return packages(self.spec, self.spec.servers[self.name].os)

    @property
    def roles(self) -> list[str]:
        """What this server does, sorted."""
        return sorted(role.value for role in self.spec.servers[self.name].roles)

    @property
    def ipv4(self) -> list[str]:
        """The public IPv4 addresses."""
        return [str(a) for a in self.spec.servers[self.name].addresses if a.version == 4]

    @property
    def ipv6(self) -> list[str]:
        """The public IPv6 addresses."""
        return [str(a) for a in self.spec.servers[self.name].addresses if a.version == 6]

    @property
    def services(self) -> dict[int, str]:
        """The ports the world reaches, and what answers there."""
        found = {port: name for role in self.spec.servers[self.name].roles for port, name in _PORTS[role].items()}
        found |= {443: "HTTPS"} if self.web else {}
        return dict(sorted(found.items()))

    @property
    def ports(self) -> list[int]:
        """The ports the world reaches, without that of administrators."""
        return list(self.services)

    @property
    def inet_protocols(self) -> str:
        """The versions of IP this server has an address of: `all`, `ipv4` or `ipv6`, as Postfix says it."""
        return ("all" if self.ipv6 else "ipv4") if self.ipv4 else "ipv6"

    @property
    def tls_groups(self) -> tuple[str, ...]:
        """The groups of a key exchange, best first; OpenSSL 3.5 has a hybrid that outlasts quantum computers."""
        return _GROUPS[self.os]

    @property
    def validates(self) -> bool:
        """Whether the local resolver validates DNSSEC, so that DANE means something."""
        return self.spec.resolver.trust_anchor != "none"

    @property
    def mail_domains(self) -> list[str]:
        """The domains that receive mail, alias domains included."""
        return sorted(self.spec.domains)

    @property
    def certificate(self) -> str:
        """The certificate chain of this server, PEM."""
        return self.spec.tls.certificates[self.name]

    @property
    def certificate_key(self) -> Secret:
        """The private key of the certificate."""
        return Secret(f"tls/{self.name}")

    @cached_property
    def dkim_keys(self) -> list[HostKey]:
        """The keys this server signs with, one entry for each domain and selector."""
        return host_keys(self.spec)

    @cached_property
    def dkim_domains(self) -> dict[str, list[HostKey]]:
        """The keys by the domain they sign for."""
        found: dict[str, list[HostKey]] = {}
        for key in self.dkim_keys:
            found.setdefault(key.domain, []).append(key)
        return found

    srs_key = Secret("srs")
    """What signs the senders of forwarded mail."""

    @property
    def srs_domain(self) -> str:
        """The domain of the senders that forwarded mail gets."""
        return self.spec.canonical(self.spec.main_domain)

    web_key, web_key_file = Secret("web"), "/etc/rspamd/web.key"
    """What signs the links by which members leave lists, and where the filter and mlmmj find it."""

    @property
    def web(self) -> str:
        """The name of the web service; empty without one."""
        return self.spec.servers[self.name].web or ""

    @property
    def policies(self) -> list[Policy]:
        """The policies of MTA-STS that the web service publishes."""
        return served(self.spec, self.name)

    @property
    def signing_domain(self) -> str:
        """The domain that signs mail from the server's own name: the one above it, or that of short names."""
        above = [name for name in self.mail_domains if f".{self.name}".endswith(f".{name}")]
        return max(above, key=len, default=self.spec.main_domain)

    shared_folder = FOLDER
    """Below it people see the mailboxes that are shared with them."""

    @property
    def shared_rights(self) -> list[tuple[str, str, str]]:
        """What each group of Dovecot may do in which folder: a pattern, the group, the letters of RFC 4314."""
        return list(rights(self.spec))

    @property
    def store(self) -> str:
        """The key-value store of the release, which names its package, user and directories."""
        return "redis" if self.os == "debian-12" else "valkey"

    @property
    def store_socket(self) -> str:
        """Where Rspamd reaches the store."""
        return f"/run/{self.store}/{self.store}.sock"

    @property
    def root_hints(self) -> list[tuple[str, str, str]]:
        """The name servers of the root in a closed network: name, record type, address."""
        hints = sorted(self.spec.resolver.root_hints.items())
        return [(name, "A" if a.version == 4 else "AAAA", str(a)) for name, found in hints for a in _ordered(found)]

    @property
    def forwarders(self) -> list[str]:
        """The resolvers to ask; their order means nothing."""
        return [str(address) for address in _ordered(self.spec.resolver.forwarders)]

    @property
    def allowed_senders(self) -> list[str]:
        """The senders never marked as spam, without those that a whole domain includes."""
        return _distinct(self.spec.spam.allow)

    @property
    def denied_senders(self) -> list[str]:
        """The senders refused, without those that a whole domain includes."""
        return _distinct(self.spec.spam.deny)

    @property
    def ssh_sources(self) -> list[tuple[str, str]]:
        """The networks that may reach sshd: nftables' word for the family, network; one inside another is left out."""
        found = self.spec.firewall.ssh.from_
        ipv4 = collapse_addresses(network for network in found if isinstance(network, IPv4Network))
        ipv6 = collapse_addresses(network for network in found if isinstance(network, IPv6Network))
        return [*(("ip", str(network)) for network in ipv4), *(("ip6", str(network)) for network in ipv6)]

    @property
    def message_size(self) -> int:
        """The largest message in bytes."""
        return self.spec.limits.message_size

    @property
    def expansion_limit(self) -> int:
        """How many recipients one address may expand to: it doubles, so that a new colleague seldom changes it."""
        plain = [entry.members for entry in self.spec.lists.values() if not entry.is_mailing]
        named = plain + [a.to for a in self.spec.aliases.values()]
        members = sum(1 for names in named for _ in self.spec.people(names))
        room = 1000
        while room < 2 * members:
            room *= 2
        return room

    @property
    def recover_program(self) -> str:
        """The program that undoes an unfinished switch at boot: the same source the switch itself runs."""
        path = Path(__file__).parent / "server/journal.py"
        return path.read_text(encoding="utf-8").rstrip()


def _ordered(addresses: Iterable[IPv4Address | IPv6Address]) -> list[IPv4Address | IPv6Address]:
    """Each address once, IPv4 first."""
    return sorted(set(addresses), key=lambda address: (address.version, address.packed))


def _distinct(senders: Iterable[str]) -> list[str]:
    """Each sender once, without the addresses of a domain that is named whole."""
    known = set(senders)
    return sorted(sender for sender in known if "@" not in sender or sender.partition("@")[2] not in known)
