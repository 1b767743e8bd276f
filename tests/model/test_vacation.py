"""Vacation: what an answer may say, and when it is given."""

from datetime import date
from typing import Any

import pytest

from tests.refusals import alice, refused
from tests.specs import build


def answer(**more: Any) -> dict[str, Any]:
    return alice(vacation={"text": "Away.", **more})


def test_text_alone_is_enough_for_an_answer() -> None:
    found = build({"accounts": answer()}).accounts["alice"].vacation
    assert found
    assert (found.text, found.subject, found.days, found.addresses) == ("Away.", None, 7, ())
    assert found.is_on(date(2026, 12, 24))


def test_answer_without_text_is_refused() -> None:
    assert refused(accounts=alice(vacation={})) == ["missing-key at accounts.alice.vacation.text"]


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("\n  \n", "empty-text"),
        ("a\x00b", "unsafe-text"),
        ("a\rb", "unsafe-text"),
        ("tab\tis control", "unsafe-text"),
        ("\u202eback to front", "unsafe-text"),
        ("x" * 4001, "too-long"),
        (f"short\n{'é' * 451}", "too-long"),
    ],
)
def test_what_could_break_a_message_is_refused(text: str, id_: str) -> None:
    assert refused(accounts=answer(text=text)) == [f"{id_} at accounts.alice.vacation.text"]


def test_any_visible_text_may_stand_in_an_answer() -> None:
    text = 'Bin "weg" \\ ${x} {{ y }} %{z} $u\n.\ntext: #\n\n— Zoë 名前'
    found = build({"accounts": answer(text=f"\n{text}  \n\n")}).accounts["alice"].vacation
    assert found
    assert found.text == text


def test_days_say_when_mail_is_answered() -> None:
    found = build({"accounts": answer(until="2027-01-06", **{"from": "2026-12-20"})}).accounts["alice"]
    days = [(2026, 12, 19), (2026, 12, 20), (2027, 1, 6), (2027, 1, 7)]
    assert [bool(found.on(date(*day)).vacation) for day in days] == [False, True, True, False]


def test_days_in_the_wrong_order_are_refused() -> None:
    days = {"from": "2026-12-20", "until": "2026-12-19"}
    assert refused(accounts=answer(**days)) == ["days-out-of-order at accounts.alice.vacation"]


@pytest.mark.parametrize("days", [0, 31])
def test_same_sender_is_answered_again_after_a_day_to_a_month(days: int) -> None:
    assert refused(accounts=answer(days=days)) == ["out-of-range at accounts.alice.vacation.days"]
