"""Accounts in mail terms: who has a mailbox, how large it is, who may log in, who decides about the password."""

from collections.abc import Iterator

from ..model.accounts import State
from ..model.password import Owner
from . import life
from .fact import Change, Difference, Fact, FactKey, Said, View
from .words import size, time


def facts(view: View) -> Iterator[tuple[FactKey, Fact]]:
    """Each account with its settings; the password itself is compared in the vault alone."""
    for name, account in view.spec.accounts.items():
        login, path = view.login(view.spec.address(name)), ("accounts", name)
        yield ("account", login), Fact(True, path)
        yield ("quota", login), Fact(account.quota, (*path, "quota"))
        yield ("shown-name", login), Fact(account.name or "", (*path, "name"))
        if account.password:
            yield ("password-until", login), Fact(account.password.until, (*path, "password", "until"))
            yield ("password-owner", login), Fact(account.password.owner, (*path, "password", "owner"))


def said(change: Change) -> Iterator[Said]:
    """What changes for accounts; what follows for an account that comes or goes is in its own sentence."""
    yield from _presence(change)
    yield from _renamed(change)
    for found in change.of("quota"):
        if found.sign == "~":
            old, new = _quota(found.old), _quota(found.new)
            case = "~more" if not new or 0 < old < new else "~less"
            before = size(old) if old and new else _room(old)
            text = f"the mailbox of {found.subject} holds {_room(new)} instead of {before}"
            yield found.says("mailbox-quota", case, found.subject, text)
    for found in change.of("shown-name"):
        if found.sign == "~" and found.new and found.old:
            now = f'is shown as "{found.new.value}"' if found.new.value else "is shown without a name"
            before = f'"{found.old.value}"' if found.old.value else "without one"
            yield found.says("shown-name", "~", found.subject, f"{found.subject} {now} instead of {before}")
    for found in change.of("password-owner"):
        if found.sign == "~" and found.new:
            if found.new.value is Owner.SPEC:
                text = f"the spec decides the password of {found.subject}: one the user has set stops working"
                yield found.says("password-owner", "~spec", found.subject, text)
            else:
                text = f"{found.subject} may set the password: the one of the spec counts until then"
                yield found.says("password-owner", "~user", found.subject, text)
    for found in change.of("password-until"):
        if found.sign == "~" and found.new and found.old:
            case = "~" if found.new.value else "~always"
            text = f"the initial password of {found.subject} logs in {_until(found.new)} instead of {_until(found.old)}"
            yield found.says("password-until", case, found.subject, text)


def gone(change: Change, login: str) -> bool:
    """Whether an account received mail before and does no longer, which its own statement says."""
    return change.before.receives(login) and not change.after.receives(login)


def come(change: Change, login: str) -> bool:
    """Whether an account begins to receive mail, which its own statement says."""
    return change.after.receives(login) and not change.before.receives(login)


def muted(change: Change, login: str) -> bool:
    """Whether an account could send before and can no longer, which its own statement says."""
    return change.before.sends(login) and not change.after.sends(login)


def unmuted(change: Change, login: str) -> bool:
    """Whether an account begins to send, which its own statement says."""
    return change.after.sends(login) and not change.before.sends(login)


def _presence(change: Change) -> Iterator[Said]:
    for found in change.of("account"):
        login = found.subject
        if found.new is None:
            keep = time(change.after.spec.retention.accounts)
            is_shared = bool(change.before.mailboxes[login].shared)
            text = f"{login} is removed: nobody can {'open' if is_shared else 'log in as'} it"
            text += f"{life.refused(change, login)}, and its mailbox is kept for at least {keep} (a tombstone)"
            yield found.says("account-removed", "-", login, text)
        else:
            account = change.after.spec.mailboxes[login]
            what = "a shared mailbox, as which nobody logs in and" if account.shared else "a mailbox,"
            text = f"{login} gets {what} which holds {_room(account.quota)}{life.limits(account)}"
            if account.state is State.ARCHIVED:
                text = f"{login} exists but is archived: it can neither log in nor receive mail"
            yield found.says("account-added", "+", login, text)


def _renamed(change: Change) -> Iterator[Said]:
    for old, new in change.before.renamed.items():
        text = f"{old} is renamed to {new}: its mailbox moves there with all its mail, and it logs in as {new}"
        yield Difference(("account", new), change.old["account", new], change.new["account", new]).says(
            "account-renamed", "~", new, text
        )


def _until(fact: Fact) -> str:
    return f"until {fact.value}" if fact.value else "on every day"


def _quota(fact: Fact | None) -> int:
    return int(str(fact.value)) if fact else 0


def _room(quota: int) -> str:
    return f"at most {size(quota)}" if quota else "any amount"
