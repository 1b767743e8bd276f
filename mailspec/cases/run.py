"""A run: act on all cases, wait until the mail has settled, look into every mailbox once, then judge."""

import imaplib
import json
import re
import secrets
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from email.parser import BytesHeaderParser
from email.utils import parseaddr

from . import doveadm, mailbox, membership
from .act import Evidence
from .case import Case, Mail, Origin, Reaches, Signed
from .exchange import act
from .judge import Copy, judge
from .message import signers
from .outside import FRIEND
from .site import Site
from .smtp import RefusedError, Session

_AT_ONCE = 8
"""Sessions side by side; the server allows one client thirty."""
_PATIENCE = 60
"""The seconds in which the queue has to become empty."""


class SilentError(Exception):
    """There is no server to speak to."""


class Run:
    """One run of cases against a site."""

    def __init__(self, site: Site, cases: Sequence[Case], tell: Callable[[str], None] = print) -> None:
        self.site = site
        self.cases = cases
        self.tell = tell
        self.name = secrets.token_hex(4)
        self.tokens = {case.id: f"{self.name}-{number}-" for number, case in enumerate(cases)}
        """What a message of a case carries; it ends in `-`, so that none begins another."""
        self.evidence: dict[str, Evidence] = {}
        self.copies: dict[str, list[Copy]] = defaultdict(list)
        """What was found, by token."""
        self.unread: dict[str, str] = {}
        """Why a mailbox could not be searched, by login."""
        self.queue: dict[str, str] = {}
        """Why messages are still in the server's queue, by queue id."""

    def start(self) -> None:
        """Do everything; afterwards `verdict` knows."""
        self.tell("the first greeting takes a stranger some seconds")
        self._greet()
        early = [case for case in self.cases if not case.late]
        self.tell(f"{len(early)} cases send and read")
        self._act(early)
        self.tell("the queue becomes empty")
        self._settle()
        self.tell("every mailbox is searched")
        self._harvest()
        for turn in (1, 2):
            late = [case for case in self.cases if case.late == turn]
            self.tell(f"{len(late)} cases come later, as they would disturb the others")
            self._act(late)

    def verdict(self, case: Case) -> str:
        """What is wrong with a case, in words; empty if nothing is."""
        evidence, token = self.evidence[case.id], self.tokens[case.id]
        problem = judge(case, evidence, self.copies[token])
        if not problem:
            return ""
        lines = [f"not so: {case.sentence}", f"  {problem}", *(f"  > {reply}" for reply in evidence.replies)]
        lines += [f"  the mailbox of {login} could not be searched: {why}" for login, why in self.unread.items()]
        if evidence.queue_id:
            stuck = self.queue.get(evidence.queue_id)
            lines += [f"  still in the queue: {stuck}"] if stuck else []
            lines += [f"  {line}" for line in self.site.journal(evidence.queue_id)]
        return "\n".join(lines)

    def clean(self) -> None:
        """Remove the messages of this run from the mailboxes."""
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            list(pool.map(self._clean, self.site.book.receivers.keys() - self.unread.keys()))
        membership.clean(self.site, self.name)

    def _clean(self, login: str) -> None:
        if login not in self.site.book.readers:
            doveadm.remove(self.site, login, self.name)
            return
        with suppress(OSError, imaplib.IMAP4.error), mailbox.imap(self.site, login) as client:
            for folder in mailbox.own(client):
                mailbox.remove(client, folder, mailbox.found(client, folder, self.name))

    def _greet(self) -> None:
        """Let postscreen get to know every address the cases come from."""
        visits = [(origin, family) for origin in Origin for family in self.site.book.families]
        with ThreadPoolExecutor(len(visits)) as pool:
            problems = list(pool.map(self._visit, visits))
        if all(problems):
            raise SilentError(f"{self.site.name} does not answer on port 25: {problems[0]}")

    def _visit(self, visit: tuple[Origin, int]) -> str:
        """Greet from one side; what went wrong."""
        origin, family = visit
        try:
            with Session(self.site, 25, origin, family) as session:
                session.greet()
        except (OSError, RefusedError) as error:
            return str(error)
        return ""

    def _act(self, cases: Sequence[Case]) -> None:
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            self.evidence |= dict(zip((case.id for case in cases), pool.map(self._one, cases), strict=True))

    def _one(self, case: Case) -> Evidence:
        try:
            return act(case, self.site, self.tokens[case.id])
        except Exception as error:
            return Evidence(problem=f"{type(error).__name__}: {error}")

    def _settle(self) -> None:
        """Wait until nothing of ours is under way on the server."""
        end = time.monotonic() + _PATIENCE
        ours = {evidence.queue_id for evidence in self.evidence.values()} - {""}
        while True:
            lines = self.site.run("postqueue -j").splitlines()
            entries = [json.loads(line) for line in lines]
            self.queue = {
                entry["queue_id"]: "; ".join(
                    str(to.get("delay_reason", entry["queue_name"])) for to in entry["recipients"]
                )
                for entry in entries
            }
            # what is forwarded goes through the queue again, with a sender of ours
            passing = [entry for entry in entries if str(entry.get("sender", "")).lower().startswith("srs")]
            busy = ours & self.queue.keys() or passing or membership.under_way(self.site, entries)
            if not busy or time.monotonic() > end:
                return
            time.sleep(0.5)

    def _harvest(self) -> None:
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            for found in pool.map(self._search, self.site.book.receivers):
                for token, copy in found:
                    self.copies[token].append(copy)
        for token, copy in self._outside():
            self.copies[token].append(copy)

    def _search(self, login: str) -> list[tuple[str, Copy]]:
        try:
            return self._inside(login)
        except (OSError, imaplib.IMAP4.error) as error:
            self.unread[login] = str(error)
            return []

    def _inside(self, login: str) -> list[tuple[str, Copy]]:
        if login not in self.site.book.readers:
            return [(mark, self._copy(login, folder)) for folder, _, mark in doveadm.found(self.site, login, self.name)]
        found = []
        with mailbox.imap(self.site, login) as client:
            for folder in mailbox.own(client):
                marks = mailbox.found(client, folder, self.name).values()
                found += [(mark, self._copy(login, folder)) for mark in marks]
        return found

    def _copy(self, login: str, folder: str) -> Copy:
        """A copy in a mailbox; what a script of the spec has filed counts as if it lay in the inbox."""
        return Copy(login, "INBOX" if folder != "Junk" and login in self.site.book.scripted else folder)

    def _outside(self) -> list[tuple[str, Copy]]:
        ends = {f"victim@{FRIEND}"}
        for case in self.cases:
            if isinstance(case, Mail) and isinstance(case.expect, Signed):
                ends.add(case.expect.end)
            elif isinstance(case, Mail) and isinstance(case.expect, Reaches):
                ends |= {end for end in case.expect.ends if not self.site.spec.is_ours(end)}
        found = []
        for end in sorted(ends):
            for message in self.site.world.messages(end):
                headers = BytesHeaderParser().parsebytes(message)
                token = str(headers.get(mailbox.MARK, "")).strip()
                if token.startswith(self.name):
                    by = re.search(r"\bby (\S+)", str(headers.get("Received", "")))
                    copy = Copy(
                        end,
                        outside=True,
                        keys=signers(message, self.site.world),
                        author=parseaddr(str(headers.get("From", "")))[1].rpartition("@")[2],
                        list=str(headers.get("List-Id", "")),
                        by=by[1] if by else "",
                    )
                    found.append((token, copy))
        return found
