"""Acting on the cases in which one message leads to another."""

import time
from dataclasses import replace

from . import answers, click, https, mailbox, membership, opening, srs
from .act import PATIENCE, Evidence, act
from .case import Kept, Mail
from .exchanges import Answer, Bounce, Crowd, Forwarded, Membership, OneClick, Opened, Page
from .message import signers
from .outside import FRIEND, STRANGER
from .site import Site

__all__ = ["act"]

_AT_ONCE = 2
"""The seconds a page may take beside a crowd."""


@act.register
def _(case: Answer, site: Site, token: str) -> Evidence:
    person = Mail(id=case.id, sentence=case.sentence, to=(case.to,), expect=Kept(), sender=f"{token}{STRANGER}")
    listed = replace(person, sender=f"{token}list@{FRIEND}", headers=(f"List-Id: <list.{FRIEND}>",))
    sent = act(person, site, token)
    end = time.monotonic() + PATIENCE
    while not (found := answers.found(site, person.sender)) and time.monotonic() < end:
        time.sleep(1)
    if not found:
        return replace(sent, problem=f"no answer came within {PATIENCE} s")
    more = [act(person, site, f"{token}again-"), act(listed, site, f"{token}list-")]
    answers.settle(site, {evidence.queue_id for evidence in more}, end + PATIENCE)
    count = len(answers.found(site, person.sender))
    if count != 1 or answers.found(site, listed.sender):
        return replace(
            sent, problem=f"{count} answers to the person, {len(answers.found(site, listed.sender))} to the list"
        )
    return replace(sent, problem=answers.problem(found[0], case, site))


@act.register
def _(case: Forwarded, site: Site, token: str) -> Evidence:
    author = f"{token}{STRANGER}"
    mail = Mail(id=case.id, sentence=case.sentence, to=(case.to,), expect=Kept(), authors=(author,), signed=True)
    sent = act(replace(mail, sender=author if case.domain else ""), site, token)
    if not sent.queue_id:
        return replace(sent, problem=f"the message was not accepted: {sent.replies[-1]}")
    if not (found := _outside(site, case.end, token)):
        return replace(sent, problem=f"the message did not arrive at {case.end} within {PATIENCE} s")
    if (problem := srs.problem(found, case, site)) or not case.domain:
        return replace(sent, problem=problem)
    bounce = replace(mail, to=(srs.sender(found),), sender="", authors=(f"Mail system <mailer-daemon@{FRIEND}>",))
    back = act(bounce, site, f"{token}back")
    if not back.queue_id or not _outside(site, author, f"{token}back"):
        return replace(back, problem=f"a bounce to <{bounce.to[0]}> does not come back to {author}")
    tried = act(replace(bounce, to=(srs.forged(srs.sender(found)),)), site, f"{token}forged")
    wrong = "" if tried.replies[-1].code == 550 else f"a forged return address is not refused: {tried.replies[-1]}"
    return replace(sent, problem=wrong)


@act.register
def _(case: Membership, site: Site, token: str) -> Evidence:  # noqa: ARG001
    return Evidence(problem=membership.problem(site, case.list, case.login))


@act.register
def _(case: Opened, site: Site, token: str) -> Evidence:
    if not case.right:
        return Evidence(problem=opening.closed(site, case))
    if case.receives:
        mail = Mail(id=case.id, sentence=case.sentence, to=(case.mailbox,), expect=Kept())
        sent = act(mail, site, token)
        end = time.monotonic() + PATIENCE
        while not (arrived := opening.arrived(site, case, token)) and time.monotonic() < end:
            time.sleep(1)
        if not arrived:
            return replace(sent, problem=f"the message did not arrive within {PATIENCE} s")
    return Evidence(problem=opening.problem(site, case, token))


@act.register
def _(case: OneClick, site: Site, token: str) -> Evidence:
    return Evidence(problem=click.problem(case, site, token))


@act.register
def _(case: Crowd, site: Site, token: str) -> Evidence:  # noqa: ARG001
    seconds = https.beside(site, case.host, case.clients)
    return Evidence(problem=f"a page takes {seconds:.1f} s" if seconds > _AT_ONCE else "")


@act.register
def _(case: Page, site: Site, token: str) -> Evidence:  # noqa: ARG001
    found = https.ask(site, case.host, case.path)
    kind = found.headers.get("content-type", "").partition(";")[0]
    said = not case.text or (kind, found.text) == ("text/plain", case.text)
    good = said and found.status == case.status
    return Evidence(problem="" if good else f"the answer is {found.status} ({kind}) {found.text!r}")


def _outside(site: Site, address: str, token: str) -> bytes:
    """What arrives at the far end with a mark, as soon as it is there."""
    end = time.monotonic() + PATIENCE
    while not (found := srs.arrived(site, address, token)) and time.monotonic() < end:
        time.sleep(1)
    return found


@act.register
def _(case: Bounce, site: Site, token: str) -> Evidence:
    mail = Mail(
        id=case.id, sentence=case.sentence, to=(case.to,), expect=Kept(), login=case.login, sender=case.login, port=587
    )
    sent = act(mail, site, token)
    if not sent.queue_id:
        return replace(sent, problem=f"the message was not accepted: {sent.replies[-1]}")
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with mailbox.imap(site, case.login) as client:
            notice = mailbox.bounce(client, token)
        if notice:
            lacking = case.keys - signers(notice, site.world)
            return replace(sent, problem=f"no valid signature of {sorted(lacking)}" if lacking else "")
        time.sleep(1)
    return replace(sent, problem=f"no bounce came within {PATIENCE} s")
