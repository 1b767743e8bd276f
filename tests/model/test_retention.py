"""Retention."""

from tests.refusals import refused
from tests.specs import build


def test_mail_of_removed_accounts_stays_a_month() -> None:
    assert (build().retention.accounts, build().retention.logs) == (30 * 86400, 7 * 86400)


def test_nothing_is_removed_within_a_day() -> None:
    assert refused(retention={"accounts": "1h", "logs": 0}) == [
        "out-of-range at retention.accounts",
        "out-of-range at retention.logs",
    ]
