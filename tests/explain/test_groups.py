"""Groups: who is in them, and the step they are on the way of mail."""

import pytest

from mailspec.explain import Fact, expansion, explain
from mailspec.model.domain import MailDomain
from mailspec.problem import SpecError
from tests.explain.steps import steps
from tests.specs import account, build


def _spec() -> MailDomain:
    accounts = {
        "alice": account("alice", groups=["leads"]),
        "bob": account("bob", department="sales"),
        "carol": account("carol", state="archived", department="sales"),
    }
    groups = {
        "sellers": {"where": {"department": "sales"}, "members": ["group:leads", "friend@example.com"]},
        "others": {"members": ["everyone"], "except": ["group:sellers"]},
    }
    lists = {
        "offers": {"members": ["group:sellers", "alice"]},
        "news": {"members": ["everyone"], "post": "moderators", "moderators": ["group:sellers"]},
    }
    return build({"accounts": accounts, "groups": groups, "lists": lists})


def test_group_is_a_step_with_its_people_and_the_lines_that_say_so() -> None:
    found = [(step.address, step.kind, step.path) for step in steps(explain(_spec(), "offers").mail)]
    assert found == [
        ("offers@example.org", "list", ("lists", "offers")),
        ("group:sellers", "group", ("lists", "offers", "members", 0)),
        ("alice@example.org", "mailbox", ("groups", "sellers", "members", 0)),
        ("bob@example.org", "mailbox", ("accounts", "bob", "department")),
        ("friend@example.com", "outside", ("groups", "sellers", "members", 1)),
        ("alice@example.org", "mailbox", ("lists", "offers", "members", 1)),
    ]


def test_list_counts_each_person_once() -> None:
    assert explain(_spec(), "offers").mail.fact == "list of 3 members"


def test_person_of_a_group_may_post_because_of_the_line_that_names_the_group() -> None:
    (note,) = explain(_spec(), "news").mail.notes
    assert {(fact.text, fact.path) for fact in note.below} == {
        (f"{who}", ("lists", "news", "moderators", 0))
        for who in (
            "alice@example.org, logged in",
            "bob@example.org, logged in",
            "friend@example.com, when DMARC passes",
        )
    }


def test_expansion_names_the_people_and_what_names_the_group() -> None:
    found = expansion(_spec(), "Group:Sellers")
    assert (found.group, found.fact, found.path) == ("group:sellers", "group of 3", ("groups", "sellers"))
    assert [fact.text for fact in found.people] == ["alice@example.org", "bob@example.org", "friend@example.com"]
    assert found.users == (
        Fact("group:others, to take them out", ("groups", "others", "except", 0)),
        Fact("offers@example.org, as members", ("lists", "offers", "members", 0)),
        Fact("news@example.org, as moderators", ("lists", "news", "moderators", 0)),
    )


def test_group_of_accounts_alone_and_everyone_are_shown_too() -> None:
    assert [fact.path for fact in expansion(_spec(), "group:leads").people] == [("accounts", "alice", "groups", 0)]
    assert [fact.text for fact in expansion(_spec(), "group:everyone").people] == [
        "alice@example.org",
        "bob@example.org",
    ]
    assert expansion(_spec(), "group:others").fact == "group of nobody"


@pytest.mark.parametrize(
    ("name", "hint"), [("group:seller", "write `group:sellers`"), ("group:x", "the groups are `everyone`")]
)
def test_unknown_group_has_a_hint(name: str, hint: str) -> None:
    with pytest.raises(SpecError) as caught:
        expansion(_spec(), name)
    assert caught.value.problems[0].id == "unknown-group"
    assert caught.value.problems[0].hint.startswith(hint)
