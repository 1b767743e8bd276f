"""Judging what happened."""

from mailspec.cases.act import Evidence
from mailspec.cases.case import Expect, Kept, Mail, Reaches, Refused, Signed, Smuggle
from mailspec.cases.judge import Copy, judge
from mailspec.cases.smtp import Reply

ALICE, BOB = Copy("alice@example.org"), Copy("bob@example.org")
QUEUED = Reply("DATA", 250, "2.0.0 Ok: queued as 4jXBsg5CmQzHdKH")
UNKNOWN = Reply("RCPT", 550, "5.1.1 User unknown")


def _judge(expect: Expect, reply: Reply, *copies: Copy) -> str:
    case = Mail(id="x", sentence="it works", to=("alice@example.org",), expect=expect)
    return judge(case, Evidence((reply,)), copies)


def test_one_copy_at_each_end_is_right() -> None:
    assert _judge(Reaches(frozenset({ALICE.end, BOB.end})), QUEUED, BOB, ALICE) == ""


def test_missing_copy_is_wrong() -> None:
    problem = _judge(Reaches(frozenset({ALICE.end, BOB.end})), QUEUED, ALICE)
    assert "expected: one copy at alice@example.org, bob@example.org" in problem
    assert "copies: alice@example.org" in problem


def test_second_copy_is_wrong() -> None:
    assert _judge(Reaches(frozenset({ALICE.end})), QUEUED, ALICE, ALICE)


def test_copy_elsewhere_is_wrong() -> None:
    assert _judge(Reaches(frozenset({ALICE.end})), QUEUED, ALICE, BOB)


def test_copy_in_another_folder_is_wrong() -> None:
    assert _judge(Reaches(frozenset({ALICE.end}), "Junk"), QUEUED, ALICE)
    assert _judge(Reaches(frozenset({ALICE.end}), "Junk"), QUEUED, Copy(ALICE.end, "Junk")) == ""


def test_refusal_has_the_right_code_at_the_right_command() -> None:
    assert _judge(Refused((550,), ("RCPT",)), UNKNOWN) == ""
    assert "550 5.1.1 User unknown" in _judge(Refused((552,), ("RCPT",)), UNKNOWN)
    assert _judge(Refused((550,), ("DATA",)), UNKNOWN)


def test_refused_message_that_arrives_is_wrong() -> None:
    assert _judge(Refused(), UNKNOWN, ALICE)


def test_delay_is_no_refusal() -> None:
    assert _judge(Refused(), Reply("DATA", 451, "4.7.1 Try again later"))


def test_kept_message_may_be_refused_or_filed_but_not_leave() -> None:
    assert _judge(Kept(), UNKNOWN) == ""
    assert _judge(Kept(), QUEUED, ALICE) == ""
    assert _judge(Kept(), QUEUED, Copy("victim@friend.example", outside=True))


def test_every_signature_counts() -> None:
    keys = frozenset({("example.org", "rsa1"), ("example.org", "ed1")})
    end = "judge@friend.example"
    assert _judge(Signed(end, keys), QUEUED, Copy(end, outside=True, keys=keys)) == ""
    half = frozenset({("example.org", "rsa1")})
    assert "rsa1._domainkey.example.org" in _judge(Signed(end, keys), QUEUED, Copy(end, outside=True, keys=half))


def test_mail_that_went_past_its_relay_is_wrong() -> None:
    keys, end = frozenset({("example.org", "rsa1")}), "judge@friend.example"
    by = [Copy(end, outside=True, keys=keys, by=name) for name in ("relay.friend.example", "mail.friend.example")]
    assert _judge(Signed(end, keys, "relay.friend.example"), QUEUED, by[0]) == ""
    assert "handed to mail.friend.example" in _judge(Signed(end, keys, "relay.friend.example"), QUEUED, by[1])
    assert "by way of relay.friend.example" in _judge(Signed(end, keys, "relay.friend.example"), QUEUED)


def test_domain_without_keys_signs_nothing_and_so_fails() -> None:
    end = "judge@friend.example"
    assert _judge(Signed(end, frozenset()), QUEUED, Copy(end, outside=True))


def test_smuggled_message_is_found() -> None:
    case = Smuggle(id="x", sentence="it works", to=ALICE.end, ending=b"\n.\n")
    assert judge(case, Evidence((QUEUED,)), [ALICE]) == ""
    assert judge(case, Evidence((QUEUED,)), [ALICE, ALICE]) == "one message became 2"


def test_problem_is_shown_as_it_is() -> None:
    case = Smuggle(id="x", sentence="it works", to=ALICE.end, ending=b"\n.\n")
    assert judge(case, Evidence(problem="the network is down"), []) == "the network is down"
