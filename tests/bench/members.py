"""A mailing list of 1,000 members: who gets a post and how often, and whether two who left get the next one."""

import email
import re
import sys
import time
import uuid
from collections.abc import Iterator

from mailspec.cases import membership
from mailspec.cases.act import act
from mailspec.cases.case import Kept, Mail
from mailspec.cases.https import ask
from mailspec.cases.mailbox import found, imap
from mailspec.cases.message import signers
from mailspec.cases.outside import FRIEND
from mailspec.cases.site import Site, World

from . import lab
from .figure import Figure, say

SHORT = False
LIST, AUTHOR, LEAVER = "crowd@example.org", "alice@example.org", "bob@example.org"
PATIENCE = 600
"""Seconds until the last copy must have arrived."""
MORE = 15
"""Seconds in which a second copy would come."""


def measure(arguments: list[str]) -> Iterator[Figure]:
    """Measure with as many members outside as ARG says, 1,000 unless told."""
    number = int(arguments[0]) if arguments else 1000
    outside = [f"member{count:04}@{FRIEND}" for count in range(number)]
    entry = {
        "kind": "discussion",
        "members": ["alice", "bob", *outside],
        "membership": "users",
        "subscription": "open",
    }
    folder = lab.varied(lab.demo(), "members", {("lists", "crowd"): entry})
    lab.lab([folder])
    say("the first converge")
    lab.settle([folder])
    site = Site(folder, World.read(lab.FOLDER / "lab.json"))
    say(f"a post to {number} members and two of our own")
    token, started = uuid.uuid4().hex, time.monotonic()
    copies = _post(site, token, outside, number)
    seconds = time.monotonic() - started - MORE
    wrong = [member for member in outside if len(copies[member]) != 1] + _wrong_here(site, token, [AUTHOR, LEAVER])
    sides = f"{seconds:.0f} s until the last has it"
    yield Figure(f"members who do not get a post exactly once, of {number}", len(wrong), 0, "members", sides)
    unsigned = sum(not signers(copy, site.world) for own in copies.values() for copy in own)
    yield Figure(f"copies without a signature that verifies, of {number}", unsigned, 0, "copies")
    say(f"{LEAVER} leaves by mail, {outside[0]} by one click")
    if problem := membership.by_mail(site, LIST, LEAVER, "unsubscribe"):
        sys.exit(problem)
    _click(site, copies[outside[0]][0])
    token = uuid.uuid4().hex
    after = _post(site, token, outside, number - 1)
    wrong = [member for member in outside[1:] if len(after[member]) != 1] + _wrong_here(site, token, [AUTHOR])
    yield Figure("members who stay and do not get the next post exactly once", len(wrong), 0, "members")
    left = len(after[outside[0]]) + (not _wrong_here(site, token, [LEAVER]))
    yield Figure("members who left, by mail and by one click, and get the next post", left, 0, "members")


def _post(site: Site, token: str, members: list[str], expected: int) -> dict[str, list[bytes]]:
    """Post to the list, and return what arrives at each address outside, as soon as so many copies are there."""
    mail = Mail(id="crowd", sentence="", to=(LIST,), expect=Kept(), login=AUTHOR, sender=AUTHOR, port=587)
    sent = act(mail, site, token)
    if sent.replies[-1].code != 250:
        sys.exit(f"the post is refused: {sent.replies[-1]}")
    end = time.monotonic() + PATIENCE
    while sum(map(len, _copies(site, token, members).values())) < expected and time.monotonic() < end:
        time.sleep(1)
    time.sleep(MORE)
    return _copies(site, token, members)


def _copies(site: Site, token: str, members: list[str]) -> dict[str, list[bytes]]:
    return {member: [text for text in site.world.messages(member) if token.encode() in text] for member in members}


def _wrong_here(site: Site, token: str, logins: list[str]) -> list[str]:
    """Which of our own have not got it exactly once."""
    wrong = []
    for login in logins:
        with imap(site, login) as client:
            wrong += [login] * (len(found(client, "INBOX", token)) != 1)
    return wrong


def _click(site: Site, copy: bytes) -> None:
    """Leave as a mail program does that shows a button (RFC 8058)."""
    address = re.sub(r"\s+", "", str(email.message_from_bytes(copy)["List-Unsubscribe"]))
    match = re.match(r"<https://([^/]+)(/[^>]+)>", address)
    if not match:
        sys.exit(f"the copy has no address for one click: {address}")
    answer = ask(site, match[1], match[2], "POST", "List-Unsubscribe=One-Click", "application/x-www-form-urlencoded")
    if answer.status != 200:
        sys.exit(f"a click is answered {answer.status}: {answer.text}")
