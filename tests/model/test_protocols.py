"""The protocols of mail programs."""

from mailspec.model.protocols import Protocol
from tests.refusals import alice, refused
from tests.specs import build


def test_account_logs_in_by_all_of_them_by_default() -> None:
    assert build().accounts["alice"].protocols == frozenset(Protocol)


def test_unknown_protocol_is_refused() -> None:
    found = refused(accounts=alice(protocols=["imap", "webmail"]))
    assert found == ["unknown-value at accounts.alice.protocols.1"]
