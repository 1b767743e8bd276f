"""The certificate: it belongs to its key, and its time has not passed."""

from pathlib import Path

from ..command import run

_CERTIFICATE, _KEY = "/etc/mailspec/tls/server.pem", "/etc/mailspec/tls/server.key"


def check() -> list[str]:
    """What is wrong with the certificate."""
    if not Path(_CERTIFICATE).exists():
        return []
    code, public = run(["openssl", "x509", "-noout", "-pubkey", "-in", _CERTIFICATE])
    if code:
        return [f"error: {_CERTIFICATE} holds no certificate"]
    code, own = run(["openssl", "pkey", "-pubout", "-in", _KEY])
    if code:
        return [f"error: {_KEY} holds no private key"]
    if own != public:
        return [f"error: {_CERTIFICATE} is not the certificate of {_KEY}"]
    if run(["openssl", "x509", "-noout", "-checkend", "0", "-in", _CERTIFICATE])[0]:
        return [f"error: the certificate {_CERTIFICATE} has expired"]
    return []
