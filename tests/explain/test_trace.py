"""`explain` tells what routing does, with the place of each turn."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailspec.explain import Fact, explain, show
from mailspec.explain.step import is_written
from mailspec.model.domain import MailDomain
from mailspec.problem import KeyPath, Place, SpecError
from mailspec.routing import reach, routes
from tests.explain.steps import ends, steps
from tests.specs import account, build, dkim, full
from tests.strategies import addresses, specs


def _chain(address: str) -> list[tuple[str, KeyPath]]:
    return [(step.kind, step.path) for step in steps(explain(full(), address).mail)]


CHAINS: dict[str, list[tuple[str, KeyPath]]] = {
    "alice": [("mailbox", ("accounts", "alice"))],
    "ALICE@Example.org": [("mailbox", ("accounts", "alice"))],
    "info@shop.example": [("alias", ("accounts", "alice", "aliases", 1)), ("mailbox", ("accounts", "alice"))],
    "bob@example.net": [("alias-domain", ("domains", "example.net", "alias_of")), ("mailbox", ("accounts", "bob"))],
    "bob+shop": [("detail", ()), ("mailbox", ("accounts", "bob"))],
    "abuse": [("role", ("postmaster",)), ("mailbox", ("accounts", "alice"))],
    "security": [("alias", ("accounts", "bob", "aliases", 0)), ("mailbox", ("accounts", "bob"))],
    "x@shop.example": [("catch-all", ("domains", "shop.example", "catch_all")), ("mailbox", ("accounts", "bob"))],
    "carol": [("closed", ("accounts", "carol", "state"))],
    "former": [("closed", ("accounts", "carol", "state"))],
    "nobody": [("unknown", ("domains", "example.org"))],
    "friend@example.com": [("outside", ())],
    "postmaster@mx1.example.org": [("role", ("postmaster",)), ("mailbox", ("accounts", "alice"))],
    "team": [
        ("alias", ("lists", "staff", "aliases", 0)),
        ("list", ("lists", "staff")),
        ("mailbox", ("lists", "staff", "members", 0)),
        ("mailbox", ("lists", "staff", "members", 1)),
        ("closed", ("lists", "staff", "members", 2)),
    ],
}


@pytest.mark.parametrize("address", CHAINS)
def test_each_turn_has_its_place_in_the_spec(address: str) -> None:
    assert _chain(address) == CHAINS[address]


_LOCAL = st.sampled_from(["alice", "info", "security", "staff", "team", "everyone", "board", "carol", "abuse", "zoe"])
_DOMAIN = st.sampled_from(["example.org", "example.net", "shop.example", "example.com"])


@given(_LOCAL, st.sampled_from(["", "+x", "+x+y"]), _DOMAIN)
def test_mail_ends_where_routing_says(local: str, detail: str, domain: str) -> None:
    spec = full()
    address = f"{local}{detail}@{domain}"
    assert ends(spec, address) == reach(spec, routes(spec), address)


@pytest.mark.parametrize(
    ("address", "logins"),
    [
        ("alice", ["alice@example.org"]),
        ("info+x@shop.example", ["alice@example.org"]),
        ("bob@example.net", ["bob@example.org"]),
        ("abuse@shop.example", ["alice@example.org"]),
        ("staff", []),
        ("carol", []),
        ("friend@example.com", []),
    ],
)
def test_senders_are_those_who_own_the_address(address: str, logins: list[str]) -> None:
    assert [sender.login for sender in explain(full(), address).senders] == logins


def _posters(address: str) -> list[str]:
    return [fact.text for step in steps(explain(full(), address).mail) for note in step.notes for fact in note.below]


def test_posting_rule_counts_for_the_address_the_sender_wrote() -> None:
    assert _posters("staff") == ["alice@example.org, logged in", "bob@example.org, logged in"]
    assert _posters("everyone") == []


def test_poster_has_the_line_that_lets_it_post() -> None:
    note = explain(full(), "board").mail.notes[0]
    assert note.text == "moderators may post, others get 554 5.7.1"
    assert [fact.path for fact in note.below] == [("lists", "board", "moderators", 0)]


def test_quota_is_told_with_its_code() -> None:
    assert explain(full(), "alice").mail.notes == (Fact("quota 10G, then 552 5.2.2", ("accounts", "alice", "quota")),)
    assert explain(full(), "bob").mail.notes[0].text == "no quota"


@pytest.mark.parametrize(
    ("address", "hint"),
    [
        ("alcie", "alice@example.org"),
        ("infos@shop.example", "info@shop.example"),
        ("bob@exmaple.org", "bob@example.org"),
        ("daev@example.org", ""),
        ("dave@example.org", "dave@shop.example"),
        ("carl", ""),
        ("alice", ""),
    ],
)
def test_nearest_address_is_a_hint_where_there_is_none(address: str, hint: str) -> None:
    domains: dict[str, Any] = {"example.org": {}, "shop.example": {}}
    spec = full(domains=domains, dkim={name: dkim(name) for name in domains})
    assert explain(spec, address).hint == hint


def test_international_domain_is_known_in_either_form() -> None:
    spec = build({"domains": {"example.org": {}, "bücher.example": {"alias_of": "example.org"}}})
    for address in ("alice@bücher.example", "Alice@BÜCHER.example", "<alice@xn--bcher-kva.example>"):
        found = explain(spec, address)
        assert found.address == "alice@xn--bcher-kva.example"
        assert [step.kind for step in steps(found.mail)] == ["alias-domain", "mailbox"]


def _filter(address: str, **spam: Any) -> list[str]:
    return [fact.text for fact in explain(full(spam=spam), address).strangers]


def test_filter_is_told_in_the_order_in_which_it_decides() -> None:
    found = _filter("alice", deny=["bulk.example"], allow=["example.edu"], reject=20, greylisting={"delay": "10m"})
    assert [text.partition(":")[0] for text in found] == [
        "senders denied, refused with 554 5.7.1",
        "senders allowed",
        "mail that forges example.org as its author",
        "score 20 or more",
        "score 6 or more",
        "score 4 or more from a sender not seen before",
    ]
    assert found[-1].endswith("put off with 451 4.7.1, accepted when tried again after 10m")
    assert _filter("alice", greylisting={"enabled": False})[-1] == "no greylisting"


def test_postmaster_is_never_refused_for_what_it_gets() -> None:
    for address in ("postmaster@shop.example", "abuse+x", "postmaster@mx1.example.org"):
        assert _filter(address)[0].startswith("mail to it alone is never refused")
    assert not _filter("webmaster")[0].startswith("mail to it alone")


@pytest.mark.parametrize("address", ["nobody", "carol", "friend@example.com"])
def test_what_takes_no_mail_of_strangers_has_no_filter(address: str) -> None:
    assert explain(full(), address).strangers == ()


def test_long_list_of_senders_is_cut() -> None:
    (denied,) = [fact for fact in _denied(12) if fact.text.startswith("senders denied")]
    assert [fact.text for fact in denied.below][-2:] == ["bulk9.example", "and 2 more"]


def _denied(count: int) -> tuple[Fact, ...]:
    return explain(full(spam={"deny": [f"bulk{n}.example" for n in range(count)]}), "alice").strangers


@given(specs(), addresses())
def test_every_line_that_is_named_is_in_the_spec_or_a_default(spec: MailDomain, address: str) -> None:
    found = explain(spec, address)
    written = {path for path in show.paths(found) if is_written(spec, path)}
    defaults = {str(path[-1]) for path in show.paths(found) if path not in written}
    assert defaults <= {"auth_rate", "delay", "dmarc", "mark", "message_size", "recipients", "reject", "sending"}
    assert show.plain(found, lambda path: Place("mail.yml", 1) if path in written else None)["address"]


def test_long_chain_of_lists_ends() -> None:
    lists = {f"l{n}": {"members": [f"l{n + 1}" if n < 999 else "alice"]} for n in range(1000)}
    assert any(step.fact == "and so on" for step in steps(explain(build({"lists": lists}), "l0").mail))


def test_lists_that_share_members_stay_small() -> None:
    lists = {f"l{n}": {"members": [f"l{n + 1}", f"m{n}"]} for n in range(30)}
    lists |= {f"m{n}": {"members": [f"l{n + 1}"]} for n in range(30)} | {"l30": {"members": ["alice"]}}
    assert len(list(steps(explain(build({"lists": lists}), "l0").mail))) < 200


def test_archived_account_is_refused_even_where_there_is_a_catch_all() -> None:
    domains = {"example.org": {"catch_all": "alice"}}
    spec = build({"domains": domains, "accounts": {"alice": account("alice"), "bob": account("bob", state="archived")}})
    assert explain(spec, "bob").mail.kind == "closed"


_NONE = ["", "@", "@example.org", "a b@example.org", "a@b@example.org", "a\0@b.c", "\u202e@b.c", "a..b@c.de", "zoë"]


@pytest.mark.parametrize("address", _NONE)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(SpecError, match="bad-address"):
        explain(full(), address)


def test_mail_of_a_server_named_like_a_domain_reaches_the_postmaster() -> None:
    spec = build({"servers": {"example.org": {"addresses": ["198.51.100.25"]}}})
    assert [step.address for step in steps(explain(spec, "root").mail)] == ["root@example.org", "alice@example.org"]


def test_list_of_nobody_is_refused_and_says_who_is_missing() -> None:
    spec = full(lists={"ghosts": {"members": ["carol"], "aliases": ["spirits"]}})
    found = [(step.kind, step.path) for step in steps(explain(spec, "spirits").mail)]
    assert found == [
        ("closed", ("lists", "ghosts", "aliases", 0)),
        ("closed", ("lists", "ghosts")),
        ("closed", ("lists", "ghosts", "members", 0)),
    ]
    assert "list of 1 member that reaches nobody" in explain(spec, "ghosts").mail.fact
    assert explain(spec, "ghosts").limits == ()


def test_alias_of_several_shows_each_target_and_who_may_send() -> None:
    aliases = {"orders": {"to": ["group:sales", "staff", "friend@example.com"], "send_as": ["carol", "group:sales"]}}
    found = explain(full(groups={"sales": {"members": ["bob"]}}, aliases=aliases), "orders")
    assert found.mail.fact == "alias of 3 addresses"
    assert [(step.address, step.kind, step.path) for step in found.mail.next] == [
        ("group:sales", "group", ("aliases", "orders", "to", 0)),
        ("staff@example.org", "list", ("aliases", "orders", "to", 1)),
        ("friend@example.com", "outside", ("aliases", "orders", "to", 2)),
    ]
    assert found.mail.next[1].notes == ()  # the filter asks only for the address that was written
    assert [(sender.login, sender.path) for sender in found.senders] == [
        ("bob@example.org", ("aliases", "orders", "send_as", 1))
    ]


def test_alias_of_nobody_is_refused() -> None:
    step = explain(full(aliases={"orders": {"to": ["carol"]}}), "orders").mail
    assert (step.kind, step.path) == ("closed", ("aliases", "orders"))
    assert step.fact == "alias of 1 address that reaches nobody, so mail to it is refused with 550 5.2.1"


def test_other_senders_of_a_domain_are_named_with_its_addresses() -> None:
    domains = {"example.org": {"spf": {"include": ["_spf.example.net"], "addresses": ["203.0.113.0/24"]}}}
    (found,) = [fact for fact in explain(build({"domains": domains}), "alice").strangers if "besides" in fact.text]
    senders = "the servers of _spf.example.net, 203.0.113.0/24"
    assert (found.text, found.path) == (
        f"{senders}: may send as example.org, besides our servers",
        ("domains", "example.org", "spf"),
    )


def test_mail_to_the_outside_names_the_relay() -> None:
    found = explain(build({"relay": {"host": "smtp.example.net"}}), "friend@example.com").mail
    assert (found.fact.partition(", for")[0], found.path) == (
        "not ours: sent to smtp.example.net, which passes it on",
        ("relay",),
    )
