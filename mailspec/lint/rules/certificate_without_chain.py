"""A certificate without those of its issuers."""

from collections.abc import Iterator

from ...model.tls import Source
from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Chains of one certificate that somebody else has issued."""
    for server, chain in view.chains.items():
        if view.spec.tls.source is Source.FILES and len(chain) == 1 and chain[0].issuer != chain[0].subject:
            fact = f"the chain of `{server}` holds only its own certificate, not the one of its issuer"
            hint = "use the full chain of the authority, often called `fullchain.pem`"
            yield Advice(("tls", "certificates", server), fact, hint)
