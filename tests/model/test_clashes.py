"""Rules across the parts of a spec."""

from mailspec.model.clashes import missing_keys
from tests.refusals import alice, refused
from tests.specs import account, build


def test_one_address_has_one_meaning() -> None:
    accounts = alice(aliases=["info"]) | {"bob": account("bob", aliases=["info@example.org"])}
    assert refused(accounts=accounts) == ["address-twice at accounts.bob.aliases.0"]


def test_short_and_full_name_of_one_account_clash() -> None:
    accounts = alice() | {"alice@example.org": account("other")}
    assert refused(accounts=accounts) == ["address-twice at accounts.alice@example.org"]


def test_address_in_an_alias_domain_is_the_one_it_stands_for() -> None:
    domains = {"example.org": {}, "example.net": {"alias_of": "example.org"}}
    accounts = alice() | {"bob": account("bob", aliases=["alice@example.net"])}
    assert refused(domains=domains, accounts=accounts) == ["address-twice at accounts.bob.aliases.0"]


def test_postmaster_must_be_an_account_that_somebody_reads() -> None:
    assert refused(postmaster="bob") == ["no-postmaster at postmaster"]
    for life in ({"state": "suspended"}, {"receive": False}, {"protocols": ["smtp"]}, {"until": "2026-12-31"}):
        assert refused(accounts=alice(**life)) == ["no-postmaster at postmaster"]
    assert refused(accounts=alice(state="send-blocked")) == []


def test_role_name_must_be_answered_on_every_day() -> None:
    accounts = alice() | {"bob": account("bob", aliases=["info", "abuse"], until="2026-12-31")}
    assert refused(accounts=accounts) == ["unanswered-role at accounts.bob.aliases.1"]
    accounts = alice() | {"bob": account("bob", aliases=["abuse"], state="archived", until="2026-12-31")}
    assert refused(accounts=accounts) == []
    accounts = alice() | {"security": account("bob", receive=False)}
    assert refused(accounts=accounts) == ["unanswered-role at accounts.security"]


def test_postmaster_may_not_be_an_alias() -> None:
    assert refused(postmaster="info", accounts=alice(aliases=["info"])) == ["no-postmaster at postmaster"]


def test_members_of_ours_must_exist_and_others_may_be_anybody() -> None:
    lists = {"staff": {"members": ["alice", "bob", "friend@example.com"]}}
    assert refused(lists=lists) == ["unknown-address at lists.staff.members.1"]


def test_lists_in_a_circle_are_refused() -> None:
    lists = {"a": {"members": ["b"]}, "b": {"members": ["c@example.org"]}, "c": {"members": ["also-a"]}}
    lists["a"]["aliases"] = ["also-a"]
    assert refused(lists=lists) == ["list-loop at lists.a"]


def test_a_list_in_two_lists_is_no_circle() -> None:
    members = {"all": ["a", "b"], "a": ["staff"], "b": ["staff"], "staff": ["alice"]}
    assert refused(lists={name: {"members": found} for name, found in members.items()}) == []


def test_several_domains_need_a_default() -> None:
    assert refused(domains={"example.org": {}, "example.net": {}}) == ["no-default-domain at domains"]
    assert refused(domains={"example.org": {}, "example.net": {}}, default_domain="example.org") == []


def test_catch_all_of_an_account_that_takes_no_mail_is_refused() -> None:
    accounts = alice() | {"bob": account("bob", aliases=["former"], state="archived")}
    for name in ("bob", "former"):
        found = refused(accounts=accounts, domains={"example.org": {"catch_all": name}})
        assert found == ["catch-all-closed at domains.example.org.catch_all"]


def test_this_version_has_one_server() -> None:
    servers = {f"mx{number}.example.org": {"addresses": [f"198.51.100.{number}"]} for number in (1, 2)}
    assert refused(servers=servers) == ["one-server at servers"]


def test_missing_keys_are_told_apart_from_errors() -> None:
    assert [clash.id for clash in missing_keys(build({"dkim": {}}))] == ["no-dkim-key", "no-certificate"]
    assert [clash.id for clash in missing_keys(build())] == ["no-certificate"]
