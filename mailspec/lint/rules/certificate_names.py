"""A certificate without the name of its server (RFC 9525)."""

from collections.abc import Iterator

from ..certificates import covers, names
from ..finding import Advice, Level
from ..view import View
from ..words import some

LEVEL = Level.ERROR


def check(view: View) -> Iterator[Advice]:
    """Chains whose first certificate is not for the server."""
    for server, chain in view.chains.items():
        if not covers(chain[0], server):
            known = names(chain[0])
            fact = f"the certificate of `{server}` is for {some(known) if known else 'no host name at all'}"
            hint = "get one whose alternative names hold the server: SMTP, IMAP and POP3 are all reached under it"
            yield Advice(("tls", "certificates", server), fact, hint)
