"""DKIM keys as a host uses them."""

from dataclasses import dataclass

from .model.domain import MailDomain
from .model.secret import Secret


@dataclass(frozen=True)
class HostKey:
    """A DKIM key as this host uses it."""

    domain: str
    selector: str
    algorithm: str
    private: Secret

    @property
    def file(self) -> str:
        """The name of the key file, without a path."""
        return f"{self.domain}.{self.selector}"


def host_keys(spec: MailDomain) -> list[HostKey]:
    """One entry for each domain and selector, alias domains included."""
    return [
        HostKey(domain, selector, key.algorithm.value, key.private)
        for domain in sorted(spec.domains)
        for selector, key in sorted(spec.dkim_keys(domain).items())
    ]
