"""An RSA key larger than receivers have to verify (RFC 8301, 3.2)."""

from collections.abc import Iterator

from ...model.dkim import Algorithm
from ..certificates import rsa_bits
from ..finding import Advice, Level
from ..view import View

LEVEL = Level.INFO

_MOST = 2048


def check(view: View) -> Iterator[Advice]:
    """Signing keys of more than 2048 bits."""
    for domain, keys in view.spec.dkim.items():
        for selector, key in keys.items():
            bits = rsa_bits(key.public) if key.algorithm is Algorithm.RSA else 0
            if bits > _MOST:
                fact = (
                    f"the key `{selector}` of `{domain}` has {bits} bits; receivers need to verify no more than {_MOST}"
                )
                hint = "use an RSA key of 2048 bits, with an Ed25519 key beside it"
                yield Advice(("dkim", domain, selector), fact, hint, f"{selector}._domainkey.{domain}", on_key=True)
