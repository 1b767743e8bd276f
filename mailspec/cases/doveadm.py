"""Mailboxes that nobody can log in to, read on the server itself: mail arrives there all the same."""

import re

from .mailbox import MARK
from .site import Site

_MESSAGE = re.compile(rf"^mailbox: (.+)\nuid: (\d+)\nhdr\.{MARK.lower()}: (.*)$", re.MULTILINE)


def found(site: Site, login: str, token: str) -> list[tuple[str, str, str]]:
    """Folder, UID and mark of the latest messages whose mark begins with a token."""
    fields = f"'mailbox uid hdr.{MARK.lower()}'"
    text = site.run("doveadm", "fetch", "-u", login, fields, "mailbox", "'*'", "savedsince", "1d")
    return [match for match in _MESSAGE.findall(text) if match[2].startswith(token)]


def remove(site: Site, login: str, token: str) -> None:
    """Remove them for good."""
    for folder, uid, _ in found(site, login, token):
        site.run("doveadm", "expunge", "-u", login, "mailbox", f"'{folder}'", "uid", uid)
