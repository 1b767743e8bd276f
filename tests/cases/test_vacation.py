"""Vacation as cases."""

from datetime import date

from mailspec.cases.exchanges import Answer

from ..specs import account, build
from .pick import ids, pick

ANSWER = {"text": "Away.", "from": "2026-12-20", "until": "2027-01-06"}
SPEC = build(
    {
        "default_domain": "example.org",
        "domains": {"example.org": {}, "example.net": {"alias_of": "example.org"}},
        "accounts": {"alice": account("alice", aliases=["info"], vacation=ANSWER), "bob": account("bob")},
    }
)


def test_every_address_of_who_is_away_is_written_to() -> None:
    names = [f"vacation/{name}@example.{end}" for name in ("alice", "info") for end in ("net", "org")]
    assert ids(SPEC.on(date(2026, 12, 24)), "vacation/") == names
    case = pick(SPEC, "vacation/info@example.net", Answer)
    assert (case.login, case.text) == ("alice@example.org", "Away.")
    assert case.keys == {("example.org", "rsa1"), ("example.org", "ed1")}


def test_nobody_expects_an_answer_on_other_days() -> None:
    assert ids(SPEC.on(date(2027, 1, 7)), "vacation/") == []


def test_who_takes_no_mail_gives_no_answer() -> None:
    archived = {"alice": account("alice"), "bob": account("bob", state="archived", vacation=ANSWER)}
    assert ids(build({"accounts": archived}), "vacation/") == []
