"""Who else sends mail as a domain."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mailspec.model.spf import LONGEST, Spf, spoken
from tests.refusals import refused
from tests.specs import build


def _spf(**spf: Any) -> Spf:
    return build({"domains": {"example.org": {"spf": spf}}}).domains["example.org"].spf


def test_without_a_word_only_our_servers_send() -> None:
    assert (Spf().senders, Spf().record(["mx"])) == ((), "v=spf1 mx -all")


def test_senders_are_named_once_and_in_one_order() -> None:
    found = _spf(
        include=["b.example", "a.example", "b.example"], addresses=["2001:db8::5", "192.0.2.9", "192.0.2.0/24"]
    )
    assert found.senders == ("include:a.example", "include:b.example", "ip4:192.0.2.0/24", "ip6:2001:db8::5")


def test_softfail_is_the_end_of_the_record() -> None:
    assert _spf(policy="softfail").record(["mx"]) == "v=spf1 mx ~all"


def test_domain_of_ours_is_not_included() -> None:
    domains = {"example.org": {"spf": {"include": ["example.org"]}}}
    assert refused(domains=domains) == ["own-include at domains.example.org.spf.include.0"]


def test_word_that_spf_does_not_know_is_refused() -> None:
    domains = {"example.org": {"spf": {"policy": "neutral"}}}
    assert refused(domains=domains) == ["unknown-value at domains.example.org.spf.policy"]


@given(st.lists(st.ip_addresses(v=6), max_size=20))
def test_record_that_fits_nowhere_is_refused(addresses: list[Any]) -> None:
    domains = {"example.org": {"spf": {"addresses": list(map(str, addresses))}}}
    size = len("v=spf1 mx -all") + sum(len(f" ip6:{address}") for address in set(addresses))
    neighbours = size > LONGEST and not refused(domains=domains)  # two networks side by side are written as one
    assert neighbours or (refused(domains=domains) == ["too-long at domains.example.org.spf"]) == (size > LONGEST)


def test_sender_has_words() -> None:
    assert [spoken(sender) for sender in _spf(include=["a.example"], addresses=["2001:db8::5"]).senders] == [
        "the servers of a.example",
        "2001:db8::5",
    ]
