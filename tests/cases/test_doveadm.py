"""Mailboxes without a login, read on the server."""

from typing import Any, cast

from mailspec.cases import doveadm
from mailspec.cases.site import Site

ANSWER = (
    "mailbox: INBOX\nuid: 7\nhdr.x-mailspec-case: abcd-1-x\n\f\n"
    "mailbox: A folder: with blanks\nuid: 12\nhdr.x-mailspec-case: abcd-2-y\n\f\n"
    "mailbox: INBOX\nuid: 8\nhdr.x-mailspec-case: \n\f\n"
    "mailbox: INBOX\nuid: 9\nhdr.x-mailspec-case: other-1-x\n\f\n"
)


class Server:
    """A server that answers and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, ...]] = []

    def run(self, *command: str) -> str:
        """What doveadm prints."""
        self.asked.append(command)
        return ANSWER if command[1] == "fetch" else ""


def test_messages_of_a_run_are_found_by_their_mark() -> None:
    found = doveadm.found(cast("Site", cast("Any", Server())), "grace@example.org", "abcd-")
    assert found == [("INBOX", "7", "abcd-1-x"), ("A folder: with blanks", "12", "abcd-2-y")]


def test_messages_of_a_run_are_removed_and_no_others() -> None:
    server = Server()
    doveadm.remove(cast("Site", cast("Any", server)), "grace@example.org", "abcd-")
    gone = [command[4:] for command in server.asked if command[1] == "expunge"]
    assert gone == [("mailbox", "'INBOX'", "uid", "7"), ("mailbox", "'A folder: with blanks'", "uid", "12")]
