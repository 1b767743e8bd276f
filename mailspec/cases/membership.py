"""Membership of mailing lists by mail: joining and leaving, each confirmed, and nothing left behind."""

import re
import time
from collections.abc import Iterable
from email.utils import formatdate
from typing import Any

from . import mailbox
from .site import Site
from .smtp import Session

_PATIENCE = 30
_FOLDER = "/var/lists"


def problem(site: Site, list_: str, login: str) -> str:
    """What is wrong with joining a list and leaving it again; empty if nothing is."""
    try:
        return by_mail(site, list_, login, "subscribe") or by_mail(site, list_, login, "unsubscribe")
    finally:
        forget(site, list_, login)


def by_mail(site: Site, list_: str, login: str, command: str) -> str:
    """What is wrong with joining a list (`subscribe`) or leaving it (`unsubscribe`) by mail."""
    _write(site, login, _address(list_, command))
    confirm = _asked(site, login, list_, command)
    if not confirm:
        return f"no question came within {_PATIENCE} s whether to {command}"
    _write(site, login, confirm)
    end = time.monotonic() + _PATIENCE
    while is_member(site, list_, login) is not (command == "subscribe"):
        if time.monotonic() > end:
            return f"{login} did not {command} within {_PATIENCE} s"
        time.sleep(0.5)
    return ""


def forget(site: Site, list_: str, login: str) -> None:
    """Remove what a list has written to somebody who came or went."""
    time.sleep(1)  # the last word of the list
    _forget(site, login, list_)


def under_way(site: Site, queue: Iterable[dict[str, Any]]) -> bool:
    """Whether mlmmj works, or what it has sent is still in the queue."""
    if not any(entry.is_mailing for entry in site.spec.lists.values()):
        return False
    return any("+bounces-" in entry["sender"] for entry in queue) or bool(site.run("pgrep -u mlmmj"))


def clean(site: Site, run: str) -> None:
    """Remove the posts of a run from archives, and what moderators were asked about them."""
    for address, entry in site.spec.mailing_lists.items():
        if entry.is_mailing:
            local, _, domain = address.partition("@")
            folders = f"{_FOLDER}/{domain}/{local}/archive {_FOLDER}/{domain}/{local}/moderation"
            site.run(f"grep -rlZ {run} {folders} | xargs -0 -r rm")
            for _, moderator in site.spec.people(entry.moderators):
                if moderator in site.book.readers:
                    _forget(site, moderator, address, run)


def _address(list_: str, command: str) -> str:
    local, _, domain = list_.partition("@")
    return f"{local}+{command}@{domain}"


def _write(site: Site, login: str, to: str) -> None:
    lines = [f"From: <{login}>", f"To: <{to}>", f"Date: {formatdate()}", "Subject: Membership", "", "Please.", ""]
    with Session(site, 587) as session:
        session.greet()
        session.login(login, site.password(login))
        session.send(login, (to,), "\r\n".join(lines).encode())


def _asked(site: Site, login: str, list_: str, command: str) -> str:
    """The address that confirms a wish, from the latest mail of a list."""
    local, _, domain = list_.partition("@")
    pattern = re.compile(rf"{re.escape(local)}\+conf{command[:-6]}-[0-9a-zA-Z=._+-]+@{re.escape(domain)}")
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        with mailbox.imap(site, login) as client:
            for text in _from_list(client, list_).values():
                if match := pattern.search(text):
                    return match[0]
        time.sleep(1)
    return ""


def is_member(site: Site, list_: str, login: str) -> bool:
    """Whether somebody is on a list, as mlmmj has it."""
    local, _, domain = list_.partition("@")
    return bool(site.run(f"grep -rxF {login} {_FOLDER}/{domain}/{local}/subscribers.d"))


def _forget(site: Site, login: str, list_: str, token: str = "") -> None:
    with mailbox.imap(site, login) as client:
        found = [uid for uid, text in _from_list(client, list_).items() if token in text]
        mailbox.remove(client, "INBOX", found)


def _from_list(client: Any, list_: str) -> dict[bytes, str]:
    """The latest messages of a list itself, by UID."""
    local, _, domain = list_.partition("@")
    client.select("INBOX", readonly=True)
    uids = client.uid("SEARCH", "FROM", f"{local}+")[1][0].split()[-30:]
    texts = {uid: mailbox.whole(client, "INBOX", uid).decode(errors="replace") for uid in uids}
    mark = re.compile(rf"^From:.*{re.escape(local)}\+[a-z]+@{re.escape(domain)}", re.MULTILINE)
    return {uid: text for uid, text in texts.items() if mark.search(text)}
