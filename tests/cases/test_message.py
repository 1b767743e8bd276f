"""Messages of cases."""

from email import message_from_bytes

from mailspec.cases.case import Kept, Mail
from mailspec.cases.message import compose, envelope

MAIL = Mail(id="a/b", sentence="mail arrives", to=("alice@example.org",), expect=Kept(), sender="x@friend.example")


def test_message_carries_the_mark_of_its_case() -> None:
    message = message_from_bytes(compose(MAIL, "run-7-"))
    assert message["X-Mailspec-Case"] == "run-7-"
    assert message["From"] == "x@friend.example"


def test_every_author_is_a_header() -> None:
    mail = Mail(id="a", sentence="b", to=("a@b.example",), expect=Kept(), authors=("c@d.example", "e@f.example"))
    assert message_from_bytes(compose(mail, "1")).get_all("From") == ["c@d.example", "e@f.example"]


def test_header_can_be_left_out() -> None:
    mail = Mail(id="a", sentence="b", to=("a@b.example",), expect=Kept(), without=("Date",))
    assert "Date" not in message_from_bytes(compose(mail, "1"))


def test_fresh_sender_differs_between_runs() -> None:
    mail = Mail(id="a", sentence="b", to=("a@b.example",), expect=Kept(), sender="x@y.example", fresh=True)
    assert envelope(mail, "1-") == "1-x@y.example"
    assert envelope(MAIL, "1-") == "x@friend.example"
