"""TLS: the certificates of the servers and where they come from (RFC 8314)."""

from enum import StrEnum
from typing import Annotated

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pydantic import AfterValidator, Strict

from .spec import Spec, distinct, refusal
from .text import DomainName, domain_name


class Source(StrEnum):
    """Who issues the certificates."""

    FILES = "files"
    TEST_CA = "test-ca"


def _chain(value: str) -> str:
    try:
        certificates = x509.load_pem_x509_certificates(value.encode())
    except ValueError:
        raise refusal(
            "bad-certificate", "no certificate in PEM form", "put the full chain there, server first"
        ) from None
    # only the certificates themselves: a private key or other text beside them must not reach a public file
    return "".join(certificate.public_bytes(Encoding.PEM).decode() for certificate in certificates)


Chain = Annotated[str, AfterValidator(_chain)]
"""Certificates in PEM form: the server's first, then the intermediates."""


class Tls(Spec):
    """How the servers prove who they are; the private key of a server is the secret `tls/<server>`."""

    source: Annotated[Source, Strict(False)] = Source.FILES
    """`files`: you provide them. `test-ca`: `mailspec secret fill` makes them, with a CA that only tests trust."""

    certificates: Annotated[dict[DomainName, Chain], distinct(domain_name)] = {}
    """The chain of each server; the file `tls/<server>.pem` beside the spec is the usual place."""
