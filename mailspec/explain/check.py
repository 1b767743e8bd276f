"""A question about one message, what the servers ask on the way, and the answer."""

from dataclasses import dataclass

from ..problem import KeyPath

_WEIGHT = ("login", "role", "envelope", "recipient", "dmarc", "allow", "author", "list")
"""The rules from the most general permission to the most particular."""


@dataclass(frozen=True)
class Question:
    """One message; every address in full."""

    to: str
    login: str = ""
    """Who submits it; empty for a stranger."""
    authors: tuple[str, ...] = ()
    """The From header; empty when a stranger does not say."""
    envelope: str = ""
    """MAIL FROM; empty is the null sender of bounces and receipts."""
    dmarc: bool | None = None
    """Whether DMARC passes for the author; None when the answer shall name it as a condition."""


@dataclass(frozen=True)
class Check:
    """One thing the servers ask, and the answer of the spec."""

    rule: str
    """`login`, `sending`, `envelope`, `recipient`, `author`, `list`, `role`, `deny`, `allow` or `dmarc`."""
    passes: bool
    fact: str
    path: KeyPath = ()
    code: str = ""
    """The reply that refuses."""
    condition: str = ""
    """What must hold besides for it to pass."""


@dataclass(frozen=True)
class Answer:
    """Yes or no, and why."""

    allowed: bool
    checks: tuple[Check, ...]
    """In the order of the servers; the last one is a refusal if there is one."""

    @property
    def decides(self) -> Check:
        """The rule that decides: the refusal, or else the most particular permission."""
        return max(self.checks, key=lambda check: _WEIGHT.index(check.rule)) if self.allowed else self.checks[-1]

    @property
    def condition(self) -> str:
        """What must hold for a yes; empty when nothing."""
        return next((check.condition for check in self.checks if check.condition), "") if self.allowed else ""
