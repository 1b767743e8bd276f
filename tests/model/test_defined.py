"""Each address is defined in one place, by whatever way somebody asks for it."""

from hypothesis import given, settings

from mailspec.model.defined import Defined
from mailspec.model.domain import MailDomain
from mailspec.problem import KeyPath
from tests.examples import examples
from tests.specs import account, build
from tests.strategies import specs


def _one_by_one(spec: MailDomain) -> dict[str, KeyPath]:
    found: dict[str, KeyPath] = {}
    for section, entries in (("accounts", spec.accounts), ("lists", spec.lists), ("aliases", spec.aliases)):
        for name, entry in entries.items():
            found[spec.address(name)] = (section, name)
            for index, alias in enumerate(getattr(entry, "aliases", ())):
                found[spec.address(alias)] = (section, name, "aliases", index)
    return found


@settings(max_examples=examples(50))
@given(specs())
def test_place_of_each_address_is_known_and_no_other(spec: MailDomain) -> None:
    defined, known = Defined(spec), _one_by_one(spec)
    assert {address: defined.get(address) for address in known} == known
    assert [name for name in ("nobody@example.org", "nobody", "@example.org", "") if name in defined] == []
    assert list(defined.clashes()) == []


def test_short_name_is_that_of_the_default_domain_alone() -> None:
    accounts = {"alice": account("alice"), "bob": account("bob"), "eve@example.com": account("eve")}
    domains = {"domains": {"example.org": {}, "example.com": {}}, "default_domain": "example.org"}
    spec = build({**domains, "accounts": accounts})
    defined = Defined(spec)
    assert defined.get("bob@example.org") == ("accounts", "bob")
    assert defined.get("eve@example.com") == ("accounts", "eve@example.com")
    assert "_all" not in vars(defined)  # nobody had to look at all of them
    assert [name for name in ("bob@example.com", "eve@example.org") if name in defined] == []
