"""The policy files of MTA-STS: what they say, and who publishes them (RFC 8461)."""

from dataclasses import dataclass

from .model import web
from .model.domain import MailDomain
from .model.mta_sts import hosts


@dataclass(frozen=True)
class Policy:
    """A policy that a web service of ours publishes."""

    host: str
    text: str


def policy(spec: MailDomain, name: str) -> str:
    """The policy file of a domain; empty where it has none."""
    found = spec.domains[name].mta_sts
    if found is None:
        return ""
    lines = ["version: STSv1", f"mode: {found.mode}", *(f"mx: {host}" for host in hosts(spec, name))]
    return "".join(f"{line}\r\n" for line in (*lines, f"max_age: {found.max_age}"))


def served(spec: MailDomain, server: str) -> list[Policy]:
    """The policies that a server publishes."""
    return [Policy(f"mta-sts.{name}", policy(spec, name)) for name in web.served(spec, server)]


def policies(spec: MailDomain) -> dict[str, str]:
    """The policy files that others have to publish, by their place: the host, then the path."""
    ours = {name for server in spec.servers for name in web.served(spec, server)}
    found = {name: policy(spec, name) for name in spec.domains if name not in ours}
    return {f"mta-sts.{name}/.well-known/mta-sts.txt": text for name, text in found.items() if text}
