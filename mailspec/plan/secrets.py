"""Secrets of two specs: compared by value where both vaults are open, told by name alone."""

from collections.abc import Iterator, Mapping

from ..model.password import Owner
from ..model.secret import Secret
from ..secrets import SRS_KEY, WEB_KEY, needed
from .fact import Change, Difference, Fact, Said
from .setting import EVERYBODY

_KEYS = (
    (SRS_KEY, "srs-key", "the senders of forwarded mail"),
    (WEB_KEY, "web-key", "the addresses where members leave lists"),
)
"""Keys of a server, by their entry."""


class Secrets:
    """What is known of the vaults of both sides; holds values, shows none."""

    def __init__(
        self, old: Mapping[str, str] | None = None, new: Mapping[str, str] | None = None, *, unread: str = ""
    ) -> None:
        self._old, self._new = old, new
        self.unread = unread
        """Why vaults that differ could not be compared; empty when they could, or are the same file."""

    def __repr__(self) -> str:
        return "Secrets(...)"

    def same(self, old: str, new: str) -> bool | None:
        """Whether two entries hold the same value; None when that can not be told."""
        if self._old is None or self._new is None:
            return True if old == new and not self.unread else None
        if old not in self._old or new not in self._new:
            return True if old == new else None
        return self._old[old] == self._new[new]

    def lacks(self, name: str) -> bool:
        """Whether the new vault is open and has no such entry."""
        return self._new is not None and name not in self._new

    def before(self, old: Secret, new: Secret) -> Secret:
        """The old secret as a difference shows it beside the new one: equal exactly when nothing changes."""
        same = self.same(old.name, new.name)
        if same:
            return new
        return Secret(f"{old.name}, as it was") if same is False and old.name == new.name else old


def said(change: Change, secrets: Secrets) -> Iterator[Said]:
    """Passwords and keys that change without a trace in the spec."""
    if secrets.unread:
        text = f"the vault changes; which passwords and keys change could not be told: {secrets.unread}"
        yield Difference(("vault", EVERYBODY), Fact(None), Fact(None)).says("vault", "~", EVERYBODY, text)
    yield from _passwords(change, secrets)
    yield from _app_passwords(change, secrets)
    yield from _signing(change, secrets)
    yield from _relay(change, secrets)
    for server in change.after.hosts:
        if change.has_both(server) and secrets.same(f"tls/{server}", f"tls/{server}") is False:
            text = f"the secret key of the certificate of {server} changes (secret)"
            yield _difference("tls-key", server, ("servers", server)).says("tls-key", "~", server, text)
        for name, kind, what in _KEYS:
            if change.has_both(server) and secrets.same(name, name) is False:
                text = f"{server} signs {what} with another key (secret)"
                yield _difference(kind, server, ("servers", server)).says(kind, "~", server, text)
    for need in needed(change.after.spec):
        if secrets.lacks(need.name):
            text = f"the vault has no entry {need.name}, which is a {need.kind.value}"
            yield _difference("secret", need.name, need.path).says("secret-missing", "~", need.name, text)


def _passwords(change: Change, secrets: Secrets) -> Iterator[Said]:
    before = change.before.mailboxes
    for name, account in change.after.spec.accounts.items():
        login = change.after.spec.address(name)
        old, new = before[login].entry if login in before else "", account.entry
        if not old or not new:
            continue
        found = _difference("password", login, ("accounts", name, "password", "hash"))
        same = secrets.same(old, new)
        if same is False and account.password and account.password.owner is Owner.SPEC:
            yield found.says("password", "~", login, f"{login}'s password changes (secret)")
        elif same is False:
            text = f"{login}'s initial password changes (secret); it counts unless the user has set another"
            yield found.says("password", "~initial", login, text)
        elif same is None and old != new:
            text = f"{login}'s password comes from the vault entry {new} instead of {old} (secret)"
            yield found.says("secret-renamed", "~", login, text)


def _app_passwords(change: Change, secrets: Secrets) -> Iterator[Said]:
    before = change.before.mailboxes
    for name, account in change.after.spec.accounts.items():
        login = change.after.spec.address(name)
        known = before[login].app_passwords if login in before else {}
        for label in sorted(known.keys() & account.app_passwords.keys()):
            old, new = known[label].hash.name, account.app_passwords[label].hash.name
            subject = f"{login}/{label}"
            found = _difference("app-password", subject, ("accounts", name, "app_passwords", label, "hash"))
            same = secrets.same(old, new)
            if same is False:
                text = f"{login}'s app password {label} is another one (secret)"
                yield found.says("app-password-secret", "~", subject, text)
            elif same is None and old != new:
                text = f"{login}'s app password {label} comes from the vault entry {new} instead of {old} (secret)"
                yield found.says("secret-renamed", "~", subject, text)


def _signing(change: Change, secrets: Secrets) -> Iterator[Said]:
    for domain in sorted(change.before.spec.dkim.keys() & change.after.spec.dkim.keys()):
        before = change.before.spec.dkim[domain]
        for selector, key in sorted(change.after.spec.dkim[domain].items()):
            if selector not in before or before[selector].public != key.public:
                continue
            old, new = before[selector].private.name, key.private.name
            found = _difference("dkim", domain, ("dkim", domain, selector, "private"))
            subject, same = f"{selector}._domainkey.{domain}", secrets.same(old, new)
            if same is False:
                text = f"the secret part of the key {selector} of {domain} changes, its public part does not (secret)"
                yield found.says("signing-key", "~", subject, text)
            elif same is None and old != new:
                text = f"the key {selector} of {domain} comes from the vault entry {new} instead of {old} (secret)"
                yield found.says("secret-renamed", "~", subject, text)


def _relay(change: Change, secrets: Secrets) -> Iterator[Said]:
    old, new = (view.spec.relay and view.spec.relay.password for view in (change.before, change.after))
    if old and new:
        found, same = _difference("relay", EVERYBODY, ("relay", "password")), secrets.same(old.name, new.name)
        if same is False:
            yield found.says("relay-password", "~", EVERYBODY, "the password at the relay changes (secret)")
        elif same is None and old != new:
            text = f"the password at the relay comes from the vault entry {new.name} instead of {old.name} (secret)"
            yield found.says("secret-renamed", "~", "relay", text)


def _difference(kind: str, subject: str, path: tuple[str | int, ...]) -> Difference:
    return Difference((kind, subject), Fact(None, path), Fact(None, path))
