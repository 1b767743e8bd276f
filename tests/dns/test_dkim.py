"""DKIM records, as dkimpy reads them."""

import base64

import dkim

from mailspec.dns.dkim import records
from tests.specs import ED25519, RSA, full


def _published() -> dict[str, bytes]:
    return {r.name: b"".join(part.encode() for part in r.values[0][1:-1].split('" "')) for r in records(full())}


def test_each_domain_publishes_every_selector() -> None:
    domains = ("example.org", "example.net", "shop.example")
    assert set(_published()) == {f"{key}._domainkey.{domain}" for key in ("rsa1", "ed1") for domain in domains}


def test_alias_domain_publishes_the_keys_of_the_domain_it_stands_for() -> None:
    found = _published()
    assert found["rsa1._domainkey.example.net"] == found["rsa1._domainkey.example.org"]


def test_a_verifier_reads_the_keys() -> None:
    for name, text in _published().items():
        tags = dkim.util.parse_tag_value(text)
        expected = ED25519 if name.startswith("ed1.") else RSA
        assert list(tags) == [b"v", b"h", b"k", b"p"]
        assert tags[b"h"] == b"sha256"
        assert base64.b64decode(tags[b"p"]) == base64.b64decode(expected)
