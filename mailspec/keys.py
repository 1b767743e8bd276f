"""Keys: DKIM pairs (RFC 6376, RFC 8463) and the certificates of a CA that only tests trust (RFC 5280)."""

import base64
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from .model.dkim import Algorithm

DAYS = 825
"""How long a certificate of the test CA is good; more is refused by some clients."""

_RAW = (Encoding.Raw, PublicFormat.Raw)
_DER = (Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def dkim_pair(algorithm: Algorithm) -> tuple[str, str]:
    """A new key: what the `p=` tag publishes, and the private part as `dkim_public` reads it."""
    if algorithm is Algorithm.ED25519:
        seed = ed25519.Ed25519PrivateKey.generate().private_bytes_raw()
        private = base64.b64encode(seed).decode() + "\n"  # Rspamd reads this kind as the bare seed, not as PEM
    else:
        private = _pem(rsa.generate_private_key(public_exponent=65537, key_size=2048))
    return dkim_public(algorithm, private), private


def dkim_public(algorithm: Algorithm, private: str) -> str:
    """The public part of a private key; ValueError when the text is no key of the algorithm."""
    if algorithm is Algorithm.ED25519:
        try:
            seed = base64.b64decode("".join(private.split()), validate=True)
            public = ed25519.Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes(*_RAW)
        except ValueError:
            raise ValueError("it is no Ed25519 seed in base64") from None
    else:
        key = _key(private)
        if not isinstance(key, rsa.RSAPrivateKey):
            raise ValueError("it is no RSA key")
        public = key.public_key().public_bytes(*_DER)
    return base64.b64encode(public).decode()


def authority() -> tuple[str, str]:
    """A new test CA: its certificate and its private key, PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mailspec test CA")])
    builder = _builder(name, name, key.public_key(), timedelta(days=3650))
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(_usage(key_cert_sign=True, crl_sign=True), critical=True)
    return _certificate(builder, key), _pem(key)


def certificate(server: str, ca: str, ca_key: str, *, also: Sequence[str] = ()) -> tuple[str, str]:
    """A certificate for a server and its other names, signed by the test CA, and its private key, PEM."""
    issuer, issuer_key = x509.load_pem_x509_certificate(ca.encode()), _key(ca_key)
    if not isinstance(issuer_key, ec.EllipticCurvePrivateKey):
        raise ValueError("it is no EC key")
    key = ec.generate_private_key(ec.SECP256R1())
    # a common name holds 64 characters, a server name up to 253: clients read the alternative name
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, server)] if len(server) <= 64 else [])
    builder = _builder(subject, issuer.subject, key.public_key(), timedelta(days=DAYS))
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(_usage(digital_signature=True), critical=True)
    builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
    names = x509.SubjectAlternativeName([x509.DNSName(name) for name in (server, *also)])
    builder = builder.add_extension(names, critical=len(server) > 64)
    identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key())
    builder = builder.add_extension(identifier, critical=False)
    return _certificate(builder, issuer_key), _pem(key)


def fits(chain: str, private: str) -> bool:
    """Whether a private key belongs to the first certificate of a chain."""
    try:
        public = x509.load_pem_x509_certificates(chain.encode())[0].public_key()
        return public.public_bytes(*_DER) == _key(private).public_key().public_bytes(*_DER)
    except (ValueError, AttributeError):
        return False


def names(chain: str) -> set[str]:
    """The host names of the first certificate of a chain."""
    leaf = x509.load_pem_x509_certificates(chain.encode())[0]
    parts = [part.value for part in leaf.extensions if isinstance(part.value, x509.SubjectAlternativeName)]
    return {name for part in parts for name in part.get_values_for_type(x509.DNSName)}


def lasts(chain: str, ca: str, days: int = 30) -> bool:
    """Whether the first certificate of a chain comes from the CA and is good for some more days."""
    try:
        leaf = x509.load_pem_x509_certificates(chain.encode())[0]
        leaf.verify_directly_issued_by(x509.load_pem_x509_certificate(ca.encode()))
    except (ValueError, TypeError, InvalidSignature):
        return False
    return leaf.not_valid_after_utc > datetime.now(UTC) + timedelta(days=days)


def _builder(
    subject: x509.Name, issuer: x509.Name, public: ec.EllipticCurvePublicKey, life: timedelta
) -> x509.CertificateBuilder:
    start = datetime.now(UTC) - timedelta(hours=1)  # the clock of another host may be behind
    builder = x509.CertificateBuilder(issuer, subject, public, x509.random_serial_number(), start, start + life)
    return builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)


def _certificate(builder: x509.CertificateBuilder, key: ec.EllipticCurvePrivateKey) -> str:
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM).decode()


def _usage(*, digital_signature: bool = False, key_cert_sign: bool = False, crl_sign: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=digital_signature,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=key_cert_sign,
        crl_sign=crl_sign,
        encipher_only=False,
        decipher_only=False,
    )


def _key(private: str) -> ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey:
    try:
        # Whether the numbers of an RSA key fit each other takes 40 ms, and the canary's signature proves it anyway.
        key = load_pem_private_key(private.encode(), password=None, unsafe_skip_rsa_key_validation=True)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise ValueError("it is no private key in PEM form without a password") from None
    if not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise ValueError("it is neither an RSA nor an EC key")
    return key


def _pem(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
