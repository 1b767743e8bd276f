"""A TLS policy that the certificate of the server breaks (RFC 8461, 4.2)."""

from collections.abc import Iterator

from ...model.mta_sts import Mode
from ...model.tls import Source
from ..finding import Advice, Level
from ..view import View

LEVEL = Level.ERROR


def check(view: View) -> Iterator[Advice]:
    """Enforced policies with a certificate that nobody else trusts."""
    own = [server for server, chain in view.chains.items() if chain[0].issuer == chain[0].subject]
    test = view.spec.tls.source is Source.TEST_CA
    for name, domain in view.spec.domains.items():
        if domain.mta_sts and domain.mta_sts.mode is Mode.ENFORCE and (test or own):
            why = "of the test CA" if test else f"of `{own[0]}`, signed by itself"
            fact = f"`{name}` enforces TLS with a certificate {why}, so others hold its mail back"
            hint = "set `mode: testing` until the servers have a certificate of a public authority"
            yield Advice(("domains", name, "mta_sts", "mode"), fact, hint)
