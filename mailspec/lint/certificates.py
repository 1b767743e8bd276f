"""What a certificate or key says, as far as rules ask."""

import base64

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key


def names(certificate: x509.Certificate) -> list[str]:
    """The host names a certificate is for, in lower case; clients no longer read the common name."""
    try:
        found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    except (x509.ExtensionNotFound, ValueError):
        return []
    return sorted(name.lower() for name in found.value.get_values_for_type(x509.DNSName))


def covers(certificate: x509.Certificate, server: str) -> bool:
    """Whether a certificate is for a server; `*` stands for its first label (RFC 9525, 6.3)."""
    return bool({server, f"*.{server.partition('.')[2]}"} & set(names(certificate)))


def rsa_bits(public: str) -> int:
    """The size of an RSA key in base64; the model has made sure that it is one."""
    key = load_der_public_key(base64.b64decode(public))
    return key.key_size if isinstance(key, RSAPublicKey) else 0
