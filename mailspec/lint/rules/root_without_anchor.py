"""A root of one's own, checked against the keys of the world's."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.ERROR


def check(view: View) -> Iterator[Advice]:
    """Root hints of a closed network beside the trust anchor of IANA."""
    resolver = view.spec.resolver
    own = [name for name in resolver.root_hints if not name.endswith(".root-servers.net")]
    if own and resolver.trust_anchor == "iana" and not resolver.forwarders:
        fact = f"`{own[0]}` is a root of your own, but answers are checked against the key of IANA's: all are refused"
        hint = "set `trust_anchor` to the DS record of your root, or to `none` when it is not signed"
        yield Advice(("resolver", "root_hints"), fact, hint)
