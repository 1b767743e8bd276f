"""A certificate key that is being phased out."""

from collections.abc import Iterator

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.INFO

_LEAST = 3072


def check(view: View) -> Iterator[Advice]:
    """Servers whose RSA key has less than 3072 bits."""
    for server, chain in view.chains.items():
        key = chain[0].public_key()
        if isinstance(key, RSAPublicKey) and key.key_size < _LEAST:
            fact = f"the certificate of `{server}` has an RSA key of {key.key_size} bits"
            hint = f"ask for an ECDSA key (P-256) with the next renewal, or RSA with {_LEAST} bits"
            yield Advice(("tls", "certificates", server), fact, hint)
