"""DKIM pairs and the certificates of the test CA."""

import base64
import subprocess
from pathlib import Path

import dkim
import pytest
from cryptography import x509

from mailspec.keys import authority, certificate, dkim_pair, dkim_public, fits, lasts
from mailspec.model.dkim import Algorithm

MESSAGE = b"From: alice@example.org\r\nSubject: hello\r\n\r\nhello\r\n"
SERVER = "mx1.example.org"
OTHER = "a" * 63 + ".example.org"


@pytest.mark.parametrize("algorithm", Algorithm)
def test_signature_of_a_new_pair_verifies(algorithm: Algorithm) -> None:
    public, private = dkim_pair(algorithm)
    record = f"v=DKIM1; k={algorithm}; p={public}".encode()
    kind = {Algorithm.RSA: b"rsa-sha256", Algorithm.ED25519: b"ed25519-sha256"}[algorithm]
    signature = dkim.sign(MESSAGE, b"s", b"example.org", private.encode(), signature_algorithm=kind)
    assert dkim.verify(signature + MESSAGE, dnsfunc=lambda *_args, **_more: record)


@pytest.mark.parametrize("algorithm", Algorithm)
def test_public_part_is_derived_from_the_private_part(algorithm: Algorithm) -> None:
    public, private = dkim_pair(algorithm)
    assert dkim_public(algorithm, private) == public


@pytest.mark.parametrize("algorithm", Algorithm)
@pytest.mark.parametrize("text", ["", "x", "A" * 44, "-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----\n"])
def test_text_that_is_no_key_is_refused(algorithm: Algorithm, text: str) -> None:
    with pytest.raises(ValueError, match="it is"):
        dkim_public(algorithm, text)


def test_two_pairs_are_different() -> None:
    assert dkim_pair(Algorithm.ED25519) != dkim_pair(Algorithm.ED25519)


def test_ed25519_key_is_a_bare_seed() -> None:
    assert len(base64.b64decode(dkim_pair(Algorithm.ED25519)[1])) == 32


@pytest.mark.parametrize("server", [SERVER, OTHER])
def test_certificate_passes_the_strict_check_of_openssl(server: str, tmp_path: Path) -> None:
    ca, ca_key = authority()
    (tmp_path / "ca.pem").write_text(ca)
    (tmp_path / "server.pem").write_text(certificate(server, ca, ca_key)[0])
    command = ["openssl", "verify", "-x509_strict", "-purpose", "sslserver", "-verify_hostname", server]
    done = subprocess.run(
        [*command, "-CAfile", tmp_path / "ca.pem", tmp_path / "server.pem"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_certificate_names_its_server_and_lives_825_days() -> None:
    leaf = x509.load_pem_x509_certificate(certificate(SERVER, *authority())[0].encode())
    names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == [SERVER]
    assert (leaf.not_valid_after_utc - leaf.not_valid_before_utc).days == 825


def test_key_fits_only_its_certificate() -> None:
    ca, ca_key = authority()
    chain, key = certificate(SERVER, ca, ca_key)
    assert fits(chain, key)
    assert not fits(chain, ca_key)
    assert not fits(chain, "no key")
    assert not fits("no chain", key)


def test_certificate_of_another_authority_does_not_last() -> None:
    ca, ca_key = authority()
    chain = certificate(SERVER, ca, ca_key)[0]
    assert lasts(chain, ca)
    assert not lasts(chain, authority()[0])
    assert not lasts(chain, ca, days=900)
    assert not lasts("no chain", ca)
