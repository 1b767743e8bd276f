"""A public server with a certificate that only tests trust."""

from collections.abc import Iterator

from ...model.tls import Source
from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """The test CA beside a public address."""
    public = [name for name, server in view.spec.servers.items() if any(a.is_global for a in server.addresses)]
    if view.spec.tls.source is Source.TEST_CA and public:
        fact = f"`{public[0]}` has a public address, but no mail program trusts its certificate: the CA is for tests"
        hint = "set `source: files`, with a certificate as `tls/SERVER.pem` and its key in the vault"
        yield Advice(("tls", "source"), fact, hint)
