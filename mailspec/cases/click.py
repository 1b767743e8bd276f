"""Leaving a mailing list by one click (RFC 8058): what does not end a membership, and what does."""

import email
import email.policy
import re
import time

from . import mailbox, membership
from .act import PATIENCE, act
from .case import Kept, Mail
from .exchanges import OneClick
from .https import ask
from .message import signers
from .site import Site

_BY_MAIL = "List-Unsubscribe-Post"
_CLICK = "List-Unsubscribe=One-Click"
_FORM = """\
--mark\r
Content-Disposition: form-data; name="List-Unsubscribe"\r
\r
One-Click\r
--mark--\r
"""


def problem(case: OneClick, site: Site, token: str) -> str:
    """What is wrong; empty if nothing is."""
    try:
        return membership.by_mail(site, case.list, case.login, "subscribe") or _left(case, site, token)
    finally:
        if membership.is_member(site, case.list, case.login):
            membership.by_mail(site, case.list, case.login, "unsubscribe")
        membership.forget(site, case.list, case.login)


def _left(case: OneClick, site: Site, token: str) -> str:
    _post(case, site, f"{token}before-")
    copy, own = (_copy(site, login, f"{token}before-") for login in (case.login, case.poster))
    if not copy or not own:
        return f"the post did not arrive within {PATIENCE} s"
    if case.poster_stays and _headers(own)[1]:
        return f"the copy of {case.poster}, whom the spec keeps on the list, offers to leave by one click"
    address, click = _headers(copy)
    match = re.fullmatch(rf"<https://({re.escape(site.book.host.web)})(/[^@>]+)>, <mailto:[^>]+>", address)
    if not match or click != _CLICK:
        return f"the copy has List-Unsubscribe: {address} and {_BY_MAIL}: {click}"
    if wrong := _unsigned(copy, site):
        return wrong
    host, path = match.groups()
    return _harmless(case, site, host, path) or _clicked(case, site, host, path) or _over(case, site, token)


def _unsigned(copy: bytes, site: Site) -> str:
    """Which of both headers can be changed without breaking the signatures."""
    if not signers(copy, site.world):
        return "no signature of the copy verifies"
    for old, new in ((b"=One-Click", b"=Two-Click"), (b"<https://", b"<https://www.")):
        if signers(copy.replace(old, new), site.world):
            return f"the signatures still verify with {new.decode()}"
    return ""


def _harmless(case: OneClick, site: Site, host: str, path: str) -> str:
    """What ends a membership and must not."""
    wrong = path[:-9] + ("A" if path[-9] != "A" else "B") + path[-8:]
    for method, where, body, status in (
        ("GET", path, "", 200),
        ("HEAD", path, "", 200),
        ("POST", path, "List-Unsubscribe=Perhaps", 400),
        ("POST", wrong, _CLICK, 404),
        ("GET", wrong, "", 404),
    ):
        found = ask(site, host, where, method, body)
        if found.status != status:
            return f"{method} {where} with `{body}` is answered {found.status}, not {status}: {found.text}"
        if not membership.is_member(site, case.list, case.login):
            return f"{method} with `{body}` ends the membership"
    return ""


def _clicked(case: OneClick, site: Site, host: str, path: str) -> str:
    """Twice, in both ways to write a form: the second click finds nothing to do."""
    for body, kind in ((_FORM, "multipart/form-data; boundary=mark"), (_CLICK, "application/x-www-form-urlencoded")):
        found = ask(site, host, path, "POST", body, kind)
        if found.status != 200 or found.headers.keys() & {"location", "set-cookie", "www-authenticate"}:
            return f"a click is answered {found.status} {found.headers}: {found.text}"
        if membership.is_member(site, case.list, case.login):
            return "a click does not end the membership"
    return ""


def _over(case: OneClick, site: Site, token: str) -> str:
    _post(case, site, f"{token}after-")
    if not _copy(site, case.poster, f"{token}after-"):
        return f"the next post did not arrive within {PATIENCE} s"
    time.sleep(2)  # copies leave one after the other
    with mailbox.imap(site, case.login) as client:
        found = mailbox.found(client, "INBOX", f"{token}after-")
    return "the next post arrives all the same" if found else ""


def _post(case: OneClick, site: Site, token: str) -> None:
    mail = Mail(
        id=case.id,
        sentence=case.sentence,
        to=(case.list,),
        expect=Kept(),
        login=case.poster,
        sender=case.poster,
        port=587,
    )
    act(mail, site, token)


def _copy(site: Site, login: str, token: str) -> bytes:
    """The copy of a post, as soon as it is there."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with mailbox.imap(site, login) as client:
            for uid in mailbox.found(client, "INBOX", token):
                return mailbox.whole(client, "INBOX", uid)
        time.sleep(1)
    return b""


def _headers(copy: bytes) -> tuple[str, str]:
    message = email.message_from_bytes(copy, policy=email.policy.compat32)
    found = (str(message.get(name, "")) for name in ("List-Unsubscribe", _BY_MAIL))
    address, click = (re.sub(r"\s+", " ", text) for text in found)
    return address, click
