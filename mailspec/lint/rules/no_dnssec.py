"""A resolver that believes every answer (RFC 4035, RFC 7672)."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Validation switched off."""
    if view.spec.resolver.trust_anchor == "none":
        fact = "without a trust anchor forged DNS answers are believed, and DANE protects no outgoing mail"
        yield Advice(("resolver", "trust_anchor"), fact, "leave `trust_anchor` out, or set it to `iana`")
