"""What happens to mail once it is in the hands of Dovecot: who gets an answer, and which scripts see it."""

from collections.abc import Iterator
from datetime import date

from ..model.accounts import Account
from ..model.domain import MailDomain
from ..problem import KeyPath
from .step import Fact


def facts(spec: MailDomain, login: str, account: Account, path: KeyPath) -> Iterator[Fact]:
    """In the order in which it happens, after marked mail has gone to Junk; the user's own script comes last."""
    if account.vacation:
        found = account.vacation
        often = "once a day" if found.days == 1 else f"once in {found.days} days"
        yield Fact(f"answered {days(found.from_, found.until)} (UTC), each sender {often}", (*path, "vacation"))
    for script in spec.scripts:
        if script.name in {login, login.rpartition("@")[2]}:
            forwards = ", which may redirect it" if script.redirects else ""
            yield Fact(f"sorted by {script.source}{forwards}", script.path)


def days(first: date | None, last: date | None) -> str:
    """The days of an answer: `from 2026-12-20 until 2027-01-06`.

    >>> days(None, None)
    'on every day'
    """
    words = {"from": first, "until": last}
    return " ".join(f"{word} {day}" for word, day in words.items() if day) or "on every day"
