"""Quota as cases."""

from mailspec.cases.case import Full, Quota

from ..specs import account, build, full
from .pick import ids, pick


def test_limit_of_every_account_is_asked_for() -> None:
    assert pick(full(), "quota/alice@example.org", Quota).limit == 10 * 1024**3
    assert pick(full(), "quota/bob@example.org", Quota).limit == 0


def test_large_mailbox_is_not_filled() -> None:
    assert not [name for name in ids(full(), "quota/") if name.endswith("full")]


def test_smallest_mailbox_is_filled_and_tried_by_every_address() -> None:
    spec = build(
        {"accounts": {"alice": account("alice", quota="10M", aliases=["info"]), "bob": account("bob", quota="9G")}}
    )
    assert pick(spec, "quota/alice@example.org/full", Full).to == ("alice@example.org", "info@example.org")
