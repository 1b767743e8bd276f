"""What a user will notice, in sentences for them."""

from collections.abc import Iterable, Iterator

from ..model.accounts import Account, State
from ..model.domain import MailDomain
from .statement import Effect, Statement

_NOTICES = {
    "account-removed": "{0} is logged out at once and can not log in",
    "account-renamed": "{0} is the new name to log in with, in every program",
    "mail-refused": "whoever writes to {0} gets the mail back",
    "password-owner": "{0} may have to type another password",
    "port-closes": "programs that use {0} no longer connect",
    "tls-key": "programs that pinned the certificate of {0} warn",
}
_WHEN = {
    ("app-password", "review"): "a program that uses {0} may have to be set up again",
    ("app-password-secret", "review"): "the program that uses {0} needs the new password",
    ("certificate", "danger"): "programs warn about the certificate of {0}",
    ("domain-removed", "danger"): "whoever writes to {0} gets the mail back",
    ("greylisting", "review"): "the first mail of a stranger comes at another time",
    ("mailbox-quota", "review"): "{0} may be told that the mailbox is full",
    ("may-not-post", "review"): "some people get their mail to {0} back",
    ("may-not-send-as", "review"): "programs that send as {0} are refused",
    ("message-size", "review"): "large mail that was accepted is refused",
    ("password", "review"): "{0} has to type the new password in every program",
    ("spam-mark", "review"): "other mail than before lands in the Junk folder",
}
_STATES = {
    State.ACTIVE: "{0} can log in and send again",
    State.SEND_BLOCKED: "{0} is told that it may not send",
    State.SUSPENDED: "{0} is logged out at once and can not log in",
    State.ARCHIVED: "{0} is logged out at once and can not log in",
}
_SHARED = {
    ("account-removed", "-"): "{0} is gone from the mail programs of those who opened it",
    ("account-shared", "~"): "whoever used {0} has to set up the mail program again",
    ("mail-refused", "-"): "whoever writes to {0} gets the mail back",
    ("shared", "+"): "{0} appears in the mail programs of those who may open it",
}
"""The same about a shared mailbox."""
_RESTARTS = {
    "dovecot": "mail programs lose their connection to {0} for a moment and come back by themselves",
    "postfix": "sending and receiving through {0} pauses for a moment; no mail is lost",
}


def notices(
    statements: Iterable[Statement], effects: Iterable[Effect], before: MailDomain, after: MailDomain
) -> Iterator[str]:
    """A sentence for each change that somebody sees without being told."""
    for statement in statements:
        sentence = _NOTICES.get(statement.id) or _WHEN.get((statement.id, statement.risk.word))
        if any(_is_shared(side, statement.subject) for side in (before, after)):
            sentence = _SHARED.get((statement.id, statement.sign), "")
        elif statement.id == "account-state":
            sentence = _STATES[after.mailboxes[statement.subject].state]
        elif statement.id == "account-added" and _is_usual(after.mailboxes[statement.subject]):
            sentence = "{0} can log in and receive mail"
        if sentence:
            yield sentence.format(statement.subject)
    for effect in effects:
        if effect.action == "restart" and effect.service in _RESTARTS:
            yield _RESTARTS[effect.service].format(effect.server)


def _is_usual(account: Account) -> bool:
    return account.can_log_in and account.receives and not account.has_days


def _is_shared(spec: MailDomain, login: str) -> bool:
    return login in spec.mailboxes and spec.mailboxes[login].shared is not None
