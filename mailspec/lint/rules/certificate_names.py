"""A certificate without the name of its server, or of its web service (RFC 9525)."""

from collections.abc import Iterator

from ...model import web
from ..certificates import covers, names
from ..finding import Advice, Level
from ..view import View
from ..words import some

LEVEL = Level.ERROR


def check(view: View) -> Iterator[Advice]:
    """Chains whose first certificate is not for the server, or not for its web service."""
    for server, chain in view.chains.items():
        lacking = [name for name in web.names(view.spec, server) if not covers(chain[0], name)]
        if lacking:
            known, other = names(chain[0]), lacking[0] != server
            fact = f"the certificate of `{server}` is for {some(known) if known else 'no host name at all'}"
            fact += f", and not for {some(lacking)}" if other else ""
            hint = "get one whose alternative names hold the server: SMTP, IMAP and POP3 are all reached under it"
            if other:
                hint = "get one whose alternative names hold what others ask the web service for, too"
            yield Advice(("tls", "certificates", server), fact, hint)
