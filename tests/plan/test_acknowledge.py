"""Dangers somebody has looked at."""

from pathlib import Path

from mailspec.model.domain import MailDomain
from mailspec.plan.compare import Side, compare
from tests.plan import BASE, planned, spec

KEY = "mail-refused:sales@example.org"


def test_danger_stands_until_the_spec_gives_a_reason(tmp_path: Path) -> None:
    alone = planned("alias-removed", tmp_path / "1")
    assert [danger.key for danger in alone.dangers] == [KEY]
    meant = planned("acknowledged-danger", tmp_path / "2")
    assert meant.dangers == ()
    assert meant.acknowledged == {KEY: "nobody has written there for a year"}
    assert meant.statements == alone.statements


def test_reason_of_an_earlier_change_does_not_count_again() -> None:
    parts = {name: getattr(spec(BASE), name) for name in MailDomain.model_fields} | {"acknowledge": {KEY: "last year"}}
    before = MailDomain.model_validate(parts)
    accounts = {**before.accounts, "bob": before.accounts["bob"].model_copy(update={"aliases": ()})}
    after = MailDomain.model_validate({**parts, "accounts": accounts})
    assert [danger.key for danger in compare(Side(before), Side(after)).dangers] == [KEY]
    again = MailDomain.model_validate({**parts, "accounts": accounts, "acknowledge": {KEY: "this year"}})
    assert compare(Side(before), Side(again)).dangers == ()
