"""A certificate that vouches for itself."""

from collections.abc import Iterator

from ...model.tls import Source
from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Chains that begin with a self-signed certificate."""
    for server, chain in view.chains.items():
        if view.spec.tls.source is Source.FILES and chain[0].issuer == chain[0].subject:
            fact = f"the certificate of `{server}` is signed by itself, so no mail program trusts it"
            yield Advice(("tls", "certificates", server), fact, "get one from an authority, Let's Encrypt for example")
