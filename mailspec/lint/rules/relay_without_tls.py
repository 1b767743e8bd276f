"""A relay that anybody on the way can play."""

from collections.abc import Iterator

from ...model.relay import Protection
from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """A relay whose certificate nobody checks."""
    relay = view.spec.relay
    if relay and relay.tls is not Protection.VERIFY:
        what = "all mail that leaves" + (" and the password" if relay.login else "")
        fact = f"with `tls: {relay.tls}` whoever sits on the way to `{relay.host}` can read {what}"
        yield Advice(("relay", "tls"), fact, "leave `tls` out: then the certificate has to be that of the relay")
