"""A certificate chain out of order (RFC 5246, 7.4.2)."""

from collections.abc import Iterator
from itertools import pairwise

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Chains in which a certificate is not issued by the next."""
    for server, chain in view.chains.items():
        for number, (one, issuer) in enumerate(pairwise(chain), 1):
            if one.issuer != issuer.subject:
                fact = f"certificate {number} in the chain of `{server}` is not issued by the one after it"
                hint = "put the server's certificate first, then each issuer, and leave out what does not belong"
                yield Advice(("tls", "certificates", server), fact, hint)
                break
