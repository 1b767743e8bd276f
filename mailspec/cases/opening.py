"""Opening a shared mailbox by IMAP, and trying what a right lets people do there."""

import imaplib
import re
from contextlib import suppress

from ..model.shared import Right
from ..shared import folder
from . import mailbox
from .exchanges import Opened
from .site import Site


def closed(site: Site, case: Opened) -> str:
    """What is wrong when somebody without a right looks for it: it is neither shown nor opened."""
    name = folder(case.mailbox)
    with mailbox.imap(site, case.login) as client:
        if shown := [known for known in mailbox.folders(client) if known.startswith(name)]:
            return f"{shown[0]} is shown"
        for word in ("SELECT", "EXAMINE", "STATUS", "APPEND", "CREATE"):
            if _try(client, word, name) == "OK":
                return f"{word} of {name} succeeds"
    return ""


def arrived(site: Site, case: Opened, token: str) -> bool:
    """Whether a message with a mark is there."""
    with mailbox.imap(site, case.login) as client:
        return bool(mailbox.found(client, folder(case.mailbox), token))


def problem(site: Site, case: Opened, token: str) -> str:
    """What is wrong with what a person finds and does there; what was put there is taken out again."""
    name, made = folder(case.mailbox), f"{folder(case.mailbox)}/{token}x"
    with mailbox.imap(site, case.login) as client:
        if name not in mailbox.folders(client):
            return f"{name} is not shown"
        text = f"{mailbox.MARK}: {token}appended\r\n\r\nx\r\n".encode()
        said = {"APPEND": client.append(f'"{name}"', "", "", text)[0], "STORE": _store(client, name, token)}
        said |= {"CREATE": _try(client, "CREATE", made), "LIST": "OK" if made in mailbox.folders(client) else "NO"}
        said |= {"DELETE": _try(client, "DELETE", made)}
    may = {"APPEND": Right.WRITE, "STORE": Right.WRITE, "CREATE": Right.MANAGE, "LIST": Right.MANAGE}
    order = list(Right)
    wanted = {
        word: "OK" if case.right and order.index(case.right) >= order.index(may.get(word, Right.MANAGE)) else "NO"
        for word in said
    }
    wrong = [(word, right) for word, right in wanted.items() if said[word] != right]
    return "; ".join(f"{word} says {said[word]} instead of {right}" for word, right in wrong)


def _store(client: imaplib.IMAP4, name: str, token: str) -> str:
    """Flag every message with a mark and remove it: whether all of that is done, or nothing."""
    uids = mailbox.found(client, name, token)
    with suppress(client.readonly):
        client.select(f'"{name}"')
    client.is_readonly = True  # so that the library tries all the same
    text = b",".join(uids).decode()
    if not text:
        return "NO"
    client.uid("STORE", text, "+FLAGS", "(\\Flagged \\Seen \\Deleted)")
    told = [line for line in client.uid("FETCH", text, "(FLAGS)")[1] if isinstance(line, bytes)]
    # what others do to other messages meanwhile is told unasked
    flags = [line for line in told for uid in re.findall(rb"UID (\d+)", line) if uid in uids]
    client.uid("EXPUNGE", text)
    left = mailbox.found(client, name, token)
    if left and (len(left) != len(uids) or any(re.search(rb"Flagged|Seen|Deleted", line) for line in flags)):
        return "a part"
    return "NO" if left else "OK"


def _try(client: imaplib.IMAP4, word: str, name: str) -> str:
    """The answer to one command about a folder."""
    quoted = f'"{name}"'
    if word == "STATUS":
        return client.status(quoted, "(MESSAGES)")[0]
    if word == "APPEND":
        return client.append(quoted, "", "", b"Subject: x\r\n\r\nx\r\n")[0]
    if word in {"SELECT", "EXAMINE"}:
        return client.select(quoted, readonly=word == "EXAMINE")[0]
    return (client.create if word == "CREATE" else client.delete)(quoted)[0]
