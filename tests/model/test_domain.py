"""The mail domain as a whole."""

from tests.refusals import refused
from tests.specs import SMALL, account, build, full


def test_smallest_spec_has_five_keys() -> None:
    assert build(base={key: value for key, value in SMALL.items() if key != "dkim"}).main_domain == "example.org"


def test_unknown_key_is_refused() -> None:
    assert refused(colour="red") == ["unknown-key at colour"]


def test_other_version_is_refused() -> None:
    for version in (2, "1", None, True, 1.0):
        assert refused(mailspec=version) == ["unknown-value at mailspec"]


def test_empty_sections_are_refused_where_one_entry_is_needed() -> None:
    assert refused(domains={}, servers={}, accounts={}) == [
        "out-of-range at domains",
        "out-of-range at servers",
        "out-of-range at accounts",
    ]


def test_two_spellings_of_one_name_are_refused() -> None:
    domains: dict[str, object] = {
        "bücher.example": {},
        "xn--bcher-kva.example": {},
        "Example.ORG": {},
        "example.org": {},
    }
    accounts = {"alice": account("a"), "Alice": account("b")}
    assert refused(domains=domains, accounts=accounts) == [
        "duplicate-key at domains.xn--bcher-kva.example",
        "duplicate-key at domains.example.org",
        "duplicate-key at accounts.Alice",
    ]


def test_short_names_belong_to_the_default_domain() -> None:
    assert full().address("alice") == "alice@example.org"


def test_address_in_an_alias_domain_is_canonical() -> None:
    assert full().address("alice@example.net") == "alice@example.org"


def test_alias_domain_signs_with_the_keys_of_its_canonical_domain() -> None:
    assert full().dkim_keys("example.net") == full().dkim["example.org"]
