"""May this sender do that, and which rule decides? Answered in the order in which the servers ask."""

from collections.abc import Iterator, Sequence

from ..model.dmarc import Policy
from ..model.domain import MailDomain
from ..model.protocols import Protocol
from ..routing import posters
from . import behalf, life, posting
from .address import full
from .check import Answer, Check, Question
from .rules import NEVER_REFUSED, last
from .trace import Trace

_WORDS = {"author": "From:", "envelope": "MAIL FROM"}
NULL = ("", "<>")
"""How the null sender is written."""


def question(
    spec: MailDomain,
    to: str,
    authors: Sequence[str] = (),
    login: str = "",
    envelope: str | None = None,
    dmarc: bool | None = None,
) -> Question:
    """A question as people ask it: short names, and what is not said follows from the rest.

    Raises SpecError when a text is no address.
    """
    known = full(spec, login, "--authenticated-as") if login else ""
    named = tuple(full(spec, author, "--from") for author in authors if author not in NULL) or (known,) * bool(known)
    if envelope is None:
        envelope = "" if any(author in NULL for author in authors) else (named or ("",))[0]
        envelope = behalf.envelope(Trace(spec), envelope, known)
    sender = "" if envelope in NULL else full(spec, envelope, "--envelope")
    return Question(full(spec, to), known, named, sender, dmarc)


def may(spec: MailDomain, question: Question) -> Answer:
    """Whether the servers take a message, as far as the spec decides it: the score of the filter comes after it."""
    found: list[Check] = []
    for check in _checks(Trace(spec), question):
        found.append(check)
        if not check.passes:
            return Answer(False, tuple(found))
    return Answer(True, tuple(found))


def _checks(trace: Trace, asked: Question) -> Iterator[Check]:
    if asked.login:
        login = _login(trace, asked.login)
        yield login
        if login.passes:
            yield from _sending(trace, asked.login)
        yield _envelope(trace, asked)
        yield _recipient(trace, asked)
        yield _author(trace, asked)
    else:
        yield _recipient(trace, asked)
    yield from _list(trace, asked)
    if not asked.login:
        yield from _filter(trace, asked)


def _login(trace: Trace, login: str) -> Check:
    account = trace.spec.mailboxes.get(login)
    if account is None:
        logins, path = trace.owned_by(login)
        hint = f"; log in as {logins[0]}" if logins else ""
        return Check("login", False, f"{login} is no login{hint}", path or ("accounts",), "535 5.7.8")
    path = next(("accounts", name) for name in trace.spec.accounts if trace.spec.address(name) == login)
    if account.shared:
        fact = f"{login} is a shared mailbox, and nobody logs in as it"
        return Check("login", False, fact, (*path, "shared"), "535 5.7.8")
    if not account.can_log_in:
        fact = f"{login} is {account.state} and can not log in"
        return Check("login", False, fact, (*path, "state"), "535 5.7.8")
    if Protocol.SMTP not in account.protocols:
        return Check("login", False, f"{login} can not log in by SMTP", (*path, "protocols"), "535 5.7.8")
    condition = f"it is at work that day, {life.days(account)}" if account.has_days else ""
    return Check("login", True, f"{login} may log in", path, condition=condition)


def _sending(trace: Trace, login: str) -> Iterator[Check]:
    account = trace.spec.mailboxes[login]
    if not account.can_send:
        path = next(("accounts", name, "state") for name in trace.spec.accounts if trace.spec.address(name) == login)
        yield Check("sending", False, f"{login} is {account.state} and can not send", path, "554 5.7.1")


def _owns(trace: Trace, login: str, address: str, rule: str, code: str) -> Check:
    logins, path = trace.owned_by(address)
    if login in logins:
        word = "is the login itself" if trace.hit(address) == login else f"belongs to {login}"
        return Check(rule, True, f"{_WORDS[rule]} {address} {word}", path)
    whose = f"belongs to {' and '.join(logins)}, not to {login}" if logins else "belongs to no account"
    return Check(rule, False, f"{_WORDS[rule]} {address} {whose}", path, code)


def _envelope(trace: Trace, asked: Question) -> Check:
    if not asked.envelope:
        return Check("envelope", True, "MAIL FROM is empty, as of receipts and bounces: anybody may")
    return _owns(trace, asked.login, asked.envelope, "envelope", "553 5.7.1")


def _author(trace: Trace, asked: Question) -> Check:
    if len(asked.authors) != 1:
        fact = f"From: names {len(asked.authors)} authors; who logs in writes as exactly one"
        return Check("author", False, fact, code="554 5.7.1")
    check = _owns(trace, asked.login, asked.authors[0], "author", "554 5.7.1")
    if check.passes or not (path := behalf.granted(trace, asked.authors[0]).get(asked.login)):
        return check
    condition = f"Sender: is an address of {asked.login}"
    return Check("author", True, f"{asked.login} may write on behalf of {asked.authors[0]}", path, condition=condition)


def _recipient(trace: Trace, asked: Question) -> Check:
    step = last(trace.step(asked.to))
    if step.kind == "outside":
        if asked.login:
            return Check("recipient", True, f"{asked.to} is not ours: accounts may send to anybody")
        fact = f"{asked.to} is not ours, and strangers may not relay"
        return Check("recipient", False, fact, ("domains",), "554 5.7.1")
    if step.kind in {"closed", "unknown"}:
        code = "550 5.2.1" if step.kind == "closed" else "550 5.1.1"
        fact = f"{asked.to} takes no mail" if step.kind == "closed" else f"{asked.to} does not exist"
        if step.path[0] in {"aliases", "lists"}:
            fact = f"{asked.to} reaches nobody: no {'member' if step.path[0] == 'lists' else 'target'} takes mail"
        return Check("recipient", False, fact, step.path, code)
    entry = trace.spec.aliases[str(step.path[1])] if step.path[:1] == ("aliases",) else None
    condition = f"it is a day {life.days(entry)}" if entry and entry.has_days else ""
    if trace.hit(asked.to) in trace.rules:
        return Check("recipient", True, f"{asked.to} exists", step.path, condition=condition)
    score = "" if asked.login else f", unless the filter gives it a score of {trace.spec.spam.reject} or more"
    return Check("recipient", True, f"anybody may write to {asked.to}{score}", step.path, condition=condition)


def _list(trace: Trace, asked: Question) -> Iterator[Check]:
    spec = trace.spec
    if asked.to.rpartition("@")[2] not in spec.domains or last(trace.step(asked.to)).kind == "command":
        return
    rule = trace.rules.get(trace.hit(asked.to))
    if rule is None:
        return
    address, allowed = rule.address, posters(spec, trace.table, rule.entry)
    who = asked.login or (asked.authors[0] if len(asked.authors) == 1 else "")
    home = who.rpartition("@")[2]
    ours = home in {*spec.domains, *spec.servers}
    names = (who, f"@{home}") if asked.login else () if ours else (who,)
    poster = next((name for name in names if name in allowed), None)
    what = f"to {address}: `post: {rule.entry.post}`"
    if poster is None:
        code = "554 5.7.1" if asked.login else posting.code(rule)
        told = f"{who} without a login" if ours and not asked.login else who or "a stranger"
        if rule.holds and who and (asked.login or not ours):
            waits = f"a post of {told} to {address} waits for a moderator"
            yield Check("list", True, waits, (*rule.path, "moderation"))
            return
        yield Check("list", False, f"{told} may not post {what}", (*rule.path, "post"), code)
        return
    path = posting.path_of(trace, rule, poster)
    if asked.login:
        yield Check("list", True, f"{who} may post {what}", path)
    elif asked.dmarc is False:
        told = f"{who} may post to {address}, but DMARC does not prove who it is; MAIL FROM counts for nothing"
        yield Check("list", False, told, path, "554 5.7.1")
    else:
        condition = "" if asked.dmarc else f"DMARC passes for {home}"
        yield Check("list", True, f"{who} may post {what}", path, condition=condition)


def _filter(trace: Trace, asked: Question) -> Iterator[Check]:
    spec = trace.spec
    base = trace.keys(asked.to)[1].partition("@")[0]
    if base in NEVER_REFUSED:
        yield Check("role", True, f"mail to {asked.to} alone is never refused for what it holds")
        return
    for sender in (asked.envelope, *asked.authors):
        for pattern in (sender, sender.rpartition("@")[2]):
            if pattern and pattern in spec.spam.deny:
                path = ("spam", "deny", spec.spam.deny.index(pattern))
                yield Check("deny", False, f"`{pattern}` is denied", path, "554 5.7.1")
    author = asked.authors[0] if len(asked.authors) == 1 else ""
    domain = author.rpartition("@")[2]
    proof = "" if asked.dmarc else ", when SPF, DKIM or DMARC proves it"
    for index, pattern in enumerate(spec.spam.allow):
        if pattern in {author, domain} - {""} and asked.dmarc is not False:
            yield Check("allow", True, f"`{pattern}` is allowed whatever the score{proof}", ("spam", "allow", index))
            return
    if domain in spec.domains and not asked.dmarc:
        yield from _forged(trace, asked, author, domain)


def _forged(trace: Trace, asked: Question, author: str, domain: str) -> Iterator[Check]:
    policy, path = trace.spec.domains[domain].dmarc.policy, ("domains", domain, "dmarc")
    if policy is Policy.REJECT:
        told = f"{author} without a login is forged unless DMARC passes: `dmarc: reject`"
        condition = "" if asked.dmarc is False else f"DMARC passes for {domain}"
        yield Check("dmarc", asked.dmarc is None, told, path, "554 5.7.1", condition)
    elif policy is Policy.QUARANTINE:
        told = f"{author} without a login goes to Junk unless DMARC passes: `dmarc: quarantine`"
        yield Check("dmarc", True, told, path)
