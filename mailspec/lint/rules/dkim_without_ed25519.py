"""A domain that signs with RSA alone (RFC 8463)."""

from collections.abc import Iterator

from ...model.dkim import Algorithm
from ..finding import Advice, Level
from ..view import View

LEVEL = Level.INFO


def check(view: View) -> Iterator[Advice]:
    """Domains that have keys, none of them Ed25519."""
    for domain, keys in view.spec.dkim.items():
        if keys and all(key.algorithm is not Algorithm.ED25519 for key in keys.values()):
            fact = f"`{domain}` has no Ed25519 key beside its RSA key"
            hint = "remove its keys, run `mailspec secret fill`, which makes both kinds, and publish the new records"
            yield Advice(("dkim", domain), fact, hint, on_key=True)
