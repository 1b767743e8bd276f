"""The table for people."""

from mailspec.dns import records, table
from tests.specs import full


def test_every_value_and_reason_is_shown_whole() -> None:
    spec = full()
    text = table(records(spec))
    for record in records(spec):
        assert record.reason in text
        assert all(value in text for value in record.values)


def test_nothing_gives_nothing() -> None:
    assert table([]) == ""
