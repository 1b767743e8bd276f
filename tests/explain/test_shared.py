"""Who opens a shared mailbox, and which ones an account opens."""

from mailspec.explain import explain, may, question
from tests.specs import account, build

SPEC = build(
    {
        "accounts": {
            "alice": account("alice", groups=["desk"]),
            "bob": account("bob"),
            "desk": {"aliases": ["help"], "shared": {"read": ["bob"], "write": ["group:desk"], "send_as": ["bob"]}},
        }
    }
)


def test_whoever_opens_it_is_named_with_the_right_and_the_line() -> None:
    for address in ("desk", "help@example.org", "desk+detail"):
        found = {opener.login: (opener.fact, opener.path) for opener in explain(SPEC, address).opened}
        assert found["bob@example.org"] == (
            "may read mail, in Shared/desk@example.org",
            ("accounts", "desk", "shared", "read", 0),
        )
        assert found["alice@example.org"][1] == ("accounts", "desk", "shared", "write", 0)
    assert explain(SPEC, "bob").opened == ()


def test_an_account_names_what_is_shared_with_it() -> None:
    notes = [note.text for note in explain(SPEC, "alice").mail.notes]
    assert "may read, flag, file and delete mail, in Shared/desk@example.org" in notes


def test_nobody_logs_in_as_it_and_some_send_as_it() -> None:
    assert [sender.login for sender in explain(SPEC, "desk").senders] == ["bob@example.org"]
    assert not may(SPEC, question(SPEC, "alice", login="desk")).allowed
    assert may(SPEC, question(SPEC, "alice", ["desk"], login="bob")).allowed
    assert not may(SPEC, question(SPEC, "alice", ["desk"], login="alice")).allowed
