"""A domain whose signature most receivers can not verify (RFC 8301)."""

from collections.abc import Iterator

from ...model.dkim import Algorithm
from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Domains that have keys, none of them RSA."""
    for domain, keys in view.spec.dkim.items():
        if keys and all(key.algorithm is not Algorithm.RSA for key in keys.values()):
            fact = f"`{domain}` signs with Ed25519 alone, which large receivers do not verify"
            hint = "remove its keys, run `mailspec secret fill`, which makes both kinds, and publish the new records"
            yield Advice(("dkim", domain), fact, hint, on_key=True)
