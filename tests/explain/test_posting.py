"""Who may write to an alias, and when, as `explain` tells it."""

from mailspec.explain import explain, may, question
from mailspec.model.domain import MailDomain
from tests.specs import full


def _spec() -> MailDomain:
    aliases = {
        "desk": {"to": ["alice"], "post": "domain"},
        "fair": {"to": ["alice"], "from": "2026-05-01", "until": "2026-12-31"},
    }
    return full(aliases=aliases)


def test_alias_for_accounts_alone_says_who_may_write_to_it() -> None:
    (note,) = explain(_spec(), "desk").mail.notes
    assert note.text == "every account may post, others get 550 5.7.1"
    assert note.path == ("aliases", "desk", "post")
    assert [fact.path for fact in note.below] == [("domains", "example.org"), ("domains", "shop.example")]


def test_stranger_may_not_write_to_it_and_an_account_may() -> None:
    stranger = may(_spec(), question(_spec(), "desk", ["x@example.com"], dmarc=True))
    assert (stranger.allowed, stranger.decides.code) == (False, "550 5.7.1")
    assert may(_spec(), question(_spec(), "desk", login="dave@shop.example")).allowed


def test_alias_with_days_says_so_and_makes_them_a_condition() -> None:
    (note,) = explain(_spec(), "fair").mail.notes
    assert note.text == "takes mail from 2026-05-01 until 2026-12-31 (UTC), else refused with 550 5.2.1"
    answer = may(_spec(), question(_spec(), "fair", ["x@example.com"]))
    assert (answer.allowed, answer.condition) == (True, "it is a day from 2026-05-01 until 2026-12-31")
