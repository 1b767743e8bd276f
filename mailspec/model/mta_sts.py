"""MTA-STS: others reach a domain only over TLS, at servers it names (RFC 8461)."""

from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, Field, Strict

from .quantity import Seconds
from .servers import Role
from .spec import Clash, Spec
from .text import DomainName, domain_name

if TYPE_CHECKING:
    from .domain import MailDomain

WEEK = 7 * 86400


def _host(value: str) -> str:
    """The name of a mail server; `*` may stand for its first label."""
    return f"*.{domain_name(value[2:])}" if value.startswith("*.") else domain_name(value)


MxPattern = Annotated[str, AfterValidator(_host)]
"""A mail server, or `*.` and what all of them have in common."""


class Mode(StrEnum):
    """What others do when they can not keep to the policy."""

    ENFORCE = "enforce"
    TESTING = "testing"
    NONE = "none"


class MtaSts(Spec):
    """A policy that others fetch by HTTPS and keep: mail travels over TLS, to a certificate they trust."""

    mode: Annotated[Mode, Strict(False)]
    """What others do where TLS fails: hold mail back (`enforce`), only report it (`testing`), or forget the policy."""

    max_age: Seconds = Field(default=WEEK, ge=86400, le=31557600)
    """How long others keep the policy; for that time it holds even when the file is gone."""

    hosts: Annotated[tuple[MxPattern, ...], Strict(False)] = ()
    """The servers that receive mail, `*.example.org` for all below a name; without any, those of the spec."""

    web: DomainName | None = None
    """The web server with the policy file, ours or another; `mta-sts` of the domain becomes a name (CNAME) for it."""


def hosts(spec: "MailDomain", name: str) -> tuple[str, ...]:
    """The servers that the policy of a domain names, sorted; none without a policy."""
    policy = spec.domains[name].mta_sts
    if policy is None:
        return ()
    ours = {server for server, settings in spec.servers.items() if Role.MX in settings.roles}
    return tuple(sorted(set(policy.hosts) or ours))


def covers(patterns: tuple[str, ...], server: str) -> bool:
    """Whether a policy names a server; `*` stands for its first label alone (RFC 8461, 4.1)."""
    return bool({server, f"*.{server.partition('.')[2]}"} & set(patterns))


def clashes(spec: "MailDomain") -> Iterator[Clash]:
    """Names of policy files that are something else already."""
    for name, domain in spec.domains.items():
        own = f"mta-sts.{name}"
        if domain.mta_sts and domain.mta_sts.web and own in _taken(spec, domain.mta_sts.web):
            fact = f"`{own}` can not be another name for `{domain.mta_sts.web}`: it has records of its own"
            hint = "leave `web` out, and publish the file where the name leads already"
            yield Clash(("domains", name, "mta_sts", "web"), "taken-name", fact, hint)


def _taken(spec: "MailDomain", web: str) -> set[str | None]:
    """Names with records of their own."""
    return {web, *spec.servers, *(server.web for server in spec.servers.values()), *spec.domains}
