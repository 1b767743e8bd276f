"""DKIM keys in the spec."""

import pytest

from mailspec.keys import dkim_pair
from mailspec.model.dkim import Algorithm
from mailspec.model.secret import Secret
from tests.refusals import refused
from tests.specs import ED25519, RSA, dkim


def keys(**changes: object) -> dict[str, object]:
    return {"example.org": {"rsa1": dkim("example.org")["rsa1"] | changes}}


@pytest.mark.parametrize("algorithm", Algorithm)
def test_generated_keys_are_accepted(algorithm: Algorithm) -> None:
    assert refused(dkim=keys(algorithm=algorithm.value, public=dkim_pair(algorithm)[0])) == []


def test_public_key_of_the_other_algorithm_is_refused() -> None:
    assert refused(dkim=keys(public=ED25519)) == ["bad-key at dkim.example.org.rsa1"]
    assert refused(dkim=keys(algorithm="ed25519", public=RSA)) == ["bad-key at dkim.example.org.rsa1"]


def test_short_rsa_key_is_refused() -> None:
    short = (
        "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDMqR7I2+Nh4jd8LIErQ3qM0YdT0Xk1F3oH2v3N1DqD0nJbE8Sd4u1LqC7sWk5J"
        "xZg9cQ8m5hJw0nPzqf0n8T0j2pJ3m0pQ5b7YkZ1xZk6h8m3o7nq5qZ5c2o4b3cQ8k2v7m1i9f0s6d5g4h3j2k1l0z9x8c7v6b5n4mQID"
        "AQAB"
    )
    assert refused(dkim=keys(public=short)) == ["bad-key at dkim.example.org.rsa1"]


def test_private_key_in_the_spec_is_refused() -> None:
    assert refused(dkim=keys(private="-----BEGIN PRIVATE KEY-----")) == [
        "plain-secret at dkim.example.org.rsa1.private"
    ]
    assert refused(dkim=keys(private=Secret("x"))) == []


def test_selector_can_not_leave_its_directory() -> None:
    for selector in ("../x", "a/b", "A", "", "-a", "a_b"):
        assert refused(dkim={"example.org": {selector: dkim("example.org")["rsa1"]}}) == [
            f"bad-selector at dkim.example.org.{selector}"
        ]


def test_keys_of_a_strange_domain_are_refused() -> None:
    assert refused(dkim={"example.com": {}}) == ["unknown-domain at dkim.example.com"]
