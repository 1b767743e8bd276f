"""Vacation answers as Sieve scripts: lookup rows that Dovecot asks for with each delivery."""

import hashlib
from collections.abc import Iterator
from email.header import Header
from email.utils import formataddr

from .model.accounts import Account
from .model.domain import MailDomain
from .model.vacation import Vacation

_NOBODY = ("*noreply*", "*no-reply*", "*no_reply*", "*donotreply*", "*do-not-reply*", "*bounce*")
"""Senders that nobody reads, by what stands before their `@`; Dovecot itself knows the more usual ones."""


def addresses(spec: MailDomain, login: str, account: Account) -> tuple[str, ...]:
    """The addresses that count as an account's own, sorted: also those in domains that are other names of its own."""
    named = [login, *account.aliases, *(account.vacation.addresses if account.vacation else ())]
    found = set()
    for address in map(spec.address, named):
        local, _, domain = address.partition("@")
        found |= {address, *(f"{local}@{name}" for name in spec.domains if spec.canonical(name) == domain)}
    return tuple(sorted(found))


def sender(login: str, account: Account) -> str:
    """Who the answer is from, as a header says it."""
    name = account.name or ""
    if name.isascii():
        return formataddr((name, login))
    return f"{' '.join(Header(name, 'utf-8').encode().split())} <{login}>"


def script(spec: MailDomain, login: str, account: Account, vacation: Vacation) -> str:
    """The script that answers; Dovecot knows what may never get an answer (RFC 5230, 4.6), but for a few senders."""
    subject = f" :subject {quoted(vacation.subject)}" if vacation.subject else ""
    own = ", ".join(map(quoted, addresses(spec, login, account)))
    nobody = ", ".join(map(quoted, _NOBODY))
    return (
        'require ["envelope", "vacation"];\n'
        f'if not envelope :localpart :matches "from" [{nobody}] {{\n'
        f"vacation :days {vacation.days}{subject} :from {quoted(sender(login, account))} :addresses [{own}]\n"
        f"{quoted(vacation.text)};\n"
        "}\n"
    )


def quoted(text: str) -> str:
    r"""Any text as a Sieve string that means it (RFC 5228, 2.4.2); no extension that reads `${...}` is required.

    >>> print(quoted('"a" \\ ${b}'))
    "\"a\" \\ ${b}"
    """
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def rows(spec: MailDomain) -> Iterator[tuple[str, str, str, str, str]]:
    """The answers: login, first and last day, what tells one script from another, and the script."""
    for login, account in spec.mailboxes.items():
        if account.vacation and account.keeps:
            text = script(spec, login, account, account.vacation)
            days = account.vacation.first.isoformat(), account.vacation.last.isoformat()
            yield login, *days, hashlib.sha256(text.encode()).hexdigest()[:16], text
