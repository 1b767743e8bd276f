"""Web: what a server answers by HTTPS, for members who leave a list by one click (RFC 8058)."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .spec import Clash

if TYPE_CHECKING:
    from .domain import MailDomain


def name(spec: "MailDomain") -> str:
    """The name of the web service; empty without one."""
    return next((server.web for server in spec.servers.values() if server.web), "")


def names(spec: "MailDomain", server: str) -> tuple[str, ...]:
    """Every name a server is reached by, which its certificate must have; its own first."""
    found = spec.servers[server].web
    return tuple(dict.fromkeys((server, *([found] if found else []))))


def clashes(spec: "MailDomain") -> Iterator[Clash]:
    """Names of web services that belong to another server."""
    for server, settings in spec.servers.items():
        if settings.web in spec.servers.keys() - {server}:
            fact = f"`{settings.web}` is another server, with addresses of its own"
            yield Clash(("servers", server, "web"), "taken-name", fact, "choose a name that only this service has")
