"""Lists as cases."""

from mailspec.cases.case import Mail, Reaches, Refused

from ..specs import full
from .pick import ids, pick

REFUSED = Refused((554,), ("DATA",))


def test_open_list_reaches_exactly_its_members() -> None:
    ends = frozenset({"alice@example.org", "bob@example.org", "dave@shop.example", "friend@example.com"})
    assert pick(full(), "list/everyone@example.org", Mail).expect == Reaches(ends)


def test_member_posts_after_login() -> None:
    case = pick(full(), "list/staff@example.org/bob@example.org", Mail)
    assert case.login == "bob@example.org"
    assert case.expect == Reaches(frozenset({"alice@example.org", "bob@example.org"}))


def test_other_account_can_not_post() -> None:
    assert pick(full(), "list/staff@example.org/dave@shop.example", Mail).expect == REFUSED


def test_stranger_can_not_post_to_any_address_of_the_list() -> None:
    found = [name for name in ids(full(), "list/") if name.endswith("/stranger")]
    assert [name.split("/")[1] for name in found if "staff" in name or "team" in name] == [
        "staff@example.net",
        "staff@example.org",
        "team@example.net",
        "team@example.org",
    ]


def test_only_moderators_post_to_a_moderated_list() -> None:
    assert isinstance(pick(full(), "list/board@example.org/bob@example.org", Mail).expect, Reaches)
    assert pick(full(), "list/board@example.org/alice@example.org", Mail).expect == REFUSED


def test_every_account_posts_to_a_list_of_the_domain() -> None:
    assert isinstance(pick(full(), "list/town@example.org/dave@shop.example", Mail).expect, Reaches)


def test_forged_member_is_refused() -> None:
    case = pick(full(), "list/staff@example.org/alice@example.org/forged-both", Mail)
    assert (case.sender, case.authors, case.login) == ("alice@example.org", ("alice@example.org",), "")
    assert case.expect == Refused()


def test_external_member_needs_a_proof() -> None:
    lists = {"club": {"members": ["alice", "friend@example.com"]}}
    assert pick(full(lists=lists), "list/club@example.org/friend@example.com/proved", Mail).signed
    assert not pick(full(lists=lists), "list/club@example.org/friend@example.com/forged-both", Mail).signed


def test_stranger_gets_no_further_in_disguise() -> None:
    assert pick(full(), "list/staff@example.org/stranger-escaped", Mail).to == ("\\staff@example.org",)
    assert len(ids(full(), "list/staff@example.org/stranger-")) == 10


def test_people_of_a_group_get_the_mail_and_may_post() -> None:
    groups = {"some": {"members": ["everyone", "friend@example.com"], "except": ["alice"]}}
    spec = full(groups=groups, lists={"club": {"members": ["group:some"]}})
    ends = frozenset({"bob@example.org", "dave@shop.example", "friend@example.com"})
    assert pick(spec, "list/club@example.org/bob@example.org", Mail).expect == Reaches(ends)
    assert pick(spec, "list/club@example.org/alice@example.org", Mail).expect == REFUSED
    assert pick(spec, "list/club@example.org/friend@example.com/proved", Mail).signed


def test_list_of_nobody_and_its_aliases_are_refused_in_session() -> None:
    spec = full(lists={"ghosts": {"members": ["carol"], "aliases": ["spirits"]}})
    found = [pick(spec, f"list/{name}@example.org", Mail).expect for name in ("ghosts", "spirits")]
    assert found == [Refused((550,), ("RCPT",))] * 2
