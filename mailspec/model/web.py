"""Web: what a server answers by HTTPS, a click that ends a membership (RFC 8058) and policies of MTA-STS (RFC 8461)."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .spec import Clash

if TYPE_CHECKING:
    from .domain import MailDomain


def name(spec: "MailDomain") -> str:
    """The name of the web service; empty without one."""
    return next((server.web for server in spec.servers.values() if server.web), "")


def hosts(spec: "MailDomain", server: str) -> tuple[str, ...]:
    """The names a server has addresses of: its own, then that of its web service."""
    return tuple(dict.fromkeys((server, spec.servers[server].web or server)))


def served(spec: "MailDomain", server: str) -> tuple[str, ...]:
    """The domains whose policy the web service of a server publishes, sorted: those that lead to it."""
    here = hosts(spec, server) if spec.servers[server].web else ()
    return tuple(sorted(name for name, domain in spec.domains.items() if domain.mta_sts and domain.mta_sts.web in here))


def names(spec: "MailDomain", server: str) -> tuple[str, ...]:
    """Every name a server is reached by, which its certificate must have; its own first."""
    return (*hosts(spec, server), *(f"mta-sts.{domain}" for domain in served(spec, server)))


def clashes(spec: "MailDomain") -> Iterator[Clash]:
    """Names of web services that belong to another server."""
    for server, settings in spec.servers.items():
        if settings.web in spec.servers.keys() - {server}:
            fact = f"`{settings.web}` is another server, with addresses of its own"
            yield Clash(("servers", server, "web"), "taken-name", fact, "choose a name that only this service has")
