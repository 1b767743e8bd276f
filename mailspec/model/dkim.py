"""DKIM: the keys that sign outgoing mail (RFC 6376, RFC 8463)."""

import base64
from enum import StrEnum
from typing import Annotated

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key
from pydantic import Strict, model_validator

from .secret import SecretRef
from .spec import Spec, refusal
from .text import Base64


class Algorithm(StrEnum):
    """The `k=` tag of the record."""

    RSA = "rsa"
    ED25519 = "ed25519"


class DkimKey(Spec):
    """One signing key; `mailspec secret fill` makes it."""

    algorithm: Annotated[Algorithm, Strict(False)]
    """`rsa` for everybody, `ed25519` beside it."""

    public: Base64
    """The public key, as the `p=` tag publishes it."""

    private: SecretRef
    """The vault entry with the private key: PEM for RSA, the seed in base64 for Ed25519, as Rspamd reads them."""

    @model_validator(mode="after")
    def _public_is_a_key(self) -> "DkimKey":
        hint = "run `mailspec secret fill` to make a new key"
        try:
            raw = base64.b64decode(self.public, validate=True)
            if self.algorithm is Algorithm.ED25519:
                if len(raw) != 32:
                    raise ValueError
                return self
            key = load_der_public_key(raw)
        except ValueError:
            raise refusal("bad-key", f"`public` is no {self.algorithm} key", hint) from None
        if not isinstance(key, RSAPublicKey) or key.key_size < 2048:
            raise refusal("bad-key", "`public` is no RSA key of at least 2048 bits (RFC 8301)", hint)
        return self
