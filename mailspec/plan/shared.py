"""Shared mailboxes in mail terms: who opens which one, and which accounts become one."""

from collections import defaultdict
from collections.abc import Iterator

from ..explain.shared import does
from ..model.accounts import State
from ..model.protocols import Protocol
from ..model.shared import Right
from ..shared import opened
from .fact import Change, Difference, Fact, FactKey, Said, View
from .words import names


def facts(view: View) -> Iterator[tuple[FactKey, Fact]]:
    """The right of each login to each shared mailbox, and which accounts are one."""
    for mailbox, login, right, path in opened(view.spec, view.table):
        yield ("shared", view.login(mailbox), view.login(login)), Fact(right, path)
    for name, account in view.spec.accounts.items():
        path = ("accounts", name, *(("shared",) if account.shared else ()))
        yield ("account-shared", view.login(view.spec.address(name))), Fact(bool(account.shared), path)


def said(change: Change) -> Iterator[Said]:
    """Who may open what, and who may no longer; what an account takes along is in its own statement."""
    for found in change.of("account-shared"):
        if found.sign == "~" and found.new:
            login = found.subject
            case, text = "~login", f"{login} is no shared mailbox any more: it gets a login and a password"
            if found.new.value:
                case, text = "~shared", f"{login} becomes a shared mailbox: nobody can log in as it"
            yield found.says("account-shared", case, login, text)
    alike: dict[tuple[str, str, Right | None, Right | None], list[Difference]] = defaultdict(list)
    for found in change.of("shared"):
        mailbox, login = found.subject, found.key[2]
        side = change.before if found.new else change.after
        is_told = not (_opens(side, login) and _is_open(side, mailbox, shared=not found.new))
        case = _case(found, is_told)
        if case != "-" or not is_told:
            old, new = map(_right, (found.old, found.new))
            alike[mailbox, case, old, new].append(found)
    for (mailbox, case, old, new), group in alike.items():
        who = names(found.key[2] for found in group)
        if not new:
            text = f"{who} may no longer open {mailbox}"
        elif old:
            text = f"{who} may now {does(new)}, in {mailbox}; so far {does(old)}"
        else:
            text = f"{who} may open {mailbox}, to {does(new)}"
        yield group[0].says("shared", case, mailbox, text)


def _case(found: Difference, is_new: bool) -> str:
    """The sign of a right, and whether it is more or less than before."""
    old, new = map(_right, (found.old, found.new))
    if not old or not new:
        return "+new" if found.sign == "+" and is_new else found.sign
    order = list(Right)
    return "~more" if order.index(new) > order.index(old) else "~less"


def _right(fact: Fact | None) -> Right | None:
    return fact.value if fact and isinstance(fact.value, Right) else None


def _opens(view: View, login: str) -> bool:
    """Whether an account can log in by the protocol that shows shared mailboxes."""
    account = view.mailboxes.get(login)
    return account is not None and account.can_log_in_by(Protocol.IMAP)


def _is_open(view: View, mailbox: str, *, shared: bool) -> bool:
    """Whether there is a mailbox that may hold mail, and that is a shared one."""
    account = view.mailboxes.get(mailbox)
    return account is not None and account.state is not State.ARCHIVED and bool(account.shared or not shared)
