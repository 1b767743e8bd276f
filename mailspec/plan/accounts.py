"""Accounts in mail terms: who has a mailbox, how large it is, who may log in, who decides about the password."""

from collections.abc import Iterator

from ..model.password import Owner
from .fact import Change, Fact, FactKey, Said, View
from .words import names, size, time


def facts(view: View) -> Iterator[tuple[FactKey, Fact]]:
    """Each account with its settings; the password itself is compared in the vault alone."""
    for name, account in view.spec.accounts.items():
        login, path = view.spec.address(name), ("accounts", name)
        yield ("account", login), Fact(account.enabled, path)
        yield ("quota", login), Fact(account.quota, (*path, "quota"))
        yield ("shown-name", login), Fact(account.name or "", (*path, "name"))
        yield ("password-owner", login), Fact(account.password.owner, (*path, "password", "owner"))


def said(change: Change) -> Iterator[Said]:
    """What changes for accounts; what follows for an account that comes or goes is in its own sentence."""
    yield from _presence(change)
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


def gone(change: Change, login: str) -> bool:
    """Whether an account received mail before and does no longer, which its own statement says."""
    return change.before.receives(login) and not change.after.receives(login)


def come(change: Change, login: str) -> bool:
    """Whether an account begins to receive mail, which its own statement says."""
    return change.after.receives(login) and not change.before.receives(login)


def owned(view: View, login: str) -> list[str]:
    """The address of an account and its aliases, in full."""
    account = view.spec.mailboxes.get(login)
    return [login, *map(view.spec.address, account.aliases)] if account else []


def _presence(change: Change) -> Iterator[Said]:
    for found in change.of("account"):
        login = found.subject
        refused = [a for a in owned(change.before, login) if change.before.ends(a) and not change.after.ends(a)]
        refused = [a for a in refused if change.after.spec.is_ours(a)]
        if found.new is None:
            keep = time(change.after.spec.retention.accounts)
            text = f"{login} is removed: nobody can log in as it{_and_refused(refused)}"
            text += f", and its mailbox is kept for {keep} (a tombstone), then deleted"
            yield found.says("account-removed", "-", login, text)
        elif found.old is None:
            account = change.after.spec.mailboxes[login]
            text = f"{login} gets a mailbox, which holds {_room(account.quota)}"
            if not account.enabled:
                text = f"{login} exists but is disabled: it can neither log in nor receive mail"
            yield found.says("account-added", "+", login, text)
        elif found.new.value:
            also = [a for a in owned(change.after, login)[1:] if not change.before.ends(a)]
            text = f"{login} can log in again, and mail to {names([login, *also])} reaches its mailbox"
            yield found.says("account-enabled", "~", login, text)
        else:
            text = f"{login} can no longer log in{_and_refused(refused)}, and the mail it has is kept"
            yield found.says("account-disabled", "~", login, text)


def _and_refused(refused: list[str]) -> str:
    return f", mail to {names(refused)} is refused" if refused else ""


def _quota(fact: Fact | None) -> int:
    return int(str(fact.value)) if fact else 0


def _room(quota: int) -> str:
    return f"at most {size(quota)}" if quota else "any amount"
