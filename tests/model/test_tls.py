"""Certificates in the spec."""

import pytest

from tests.refusals import refused
from tests.specs import build, chain


def test_files_are_the_default_source() -> None:
    assert build().tls.source.value == "files"


def test_chain_is_kept_as_text_with_a_final_newline() -> None:
    found = build({"tls": {"certificates": {"mx1.example.org": chain().strip()}}})
    assert found.tls.certificates["mx1.example.org"] == chain()


def test_only_the_certificates_of_a_file_are_kept() -> None:
    text = f"-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n\0account/alice\0{chain()}"
    assert build({"tls": {"certificates": {"mx1.example.org": text}}}).tls.certificates["mx1.example.org"] == chain()


@pytest.mark.parametrize("text", ["", "x", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"])
def test_what_is_no_certificate_is_refused(text: str) -> None:
    assert refused(tls={"certificates": {"mx1.example.org": text}}) == [
        "bad-certificate at tls.certificates.mx1.example.org"
    ]
