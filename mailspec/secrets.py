"""The secrets a spec refers to: what each is, where it is named, and whether the vault's entry fits."""

import difflib
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from . import files, keys
from .model.dkim import Algorithm
from .model.domain import MailDomain
from .model.servers import Role
from .model.tls import Source as TlsSource
from .password import check_app_hash, check_hash, check_line, hash_password, is_hash
from .problem import KeyPath, Place, Problem, SpecError
from .shown import shown
from .vault import Vault

__all__ = [
    "CA_KEY",
    "SRS_KEY",
    "WEB_KEY",
    "Kind",
    "SecretNeed",
    "Vault",
    "check",
    "check_hash",
    "find",
    "hash_password",
    "needed",
    "needed_by",
    "put",
]

SRS_KEY = "srs"
"""The entry that signs the senders of forwarded mail."""
WEB_KEY = "web"
"""The entry that signs the links by which members leave lists."""
CA_KEY = "tls/ca"
"""The entry with the private key of the test CA; only `secret fill` needs it, no server does."""


class Kind(StrEnum):
    """What a secret is."""

    APP_PASSWORD = "hash of an app password"  # noqa: S105 - words, not a password
    AUTHORITY = "key of the test CA"
    DKIM = "DKIM private key"
    PASSWORD = "password hash"  # noqa: S105 - a word, not a password
    RELAY = "password at the relay"
    SRS = "key of the return addresses of forwarded mail"
    TLS = "TLS private key"
    WEB = "key of the links by which members leave lists"


class SecretNeed(NamedTuple):
    """A secret that a spec needs."""

    name: str
    kind: Kind
    path: KeyPath
    """Where the spec asks for it."""


def needed(spec: MailDomain) -> list[SecretNeed]:
    """Every secret a spec refers to, sorted by name."""
    if "needed" not in spec.computed:
        spec.computed["needed"] = _needed(spec)
    found: list[SecretNeed] = spec.computed["needed"]
    return found


def _needed(spec: MailDomain) -> list[SecretNeed]:
    found = [
        SecretNeed(account.password.hash.name, Kind.PASSWORD, ("accounts", name, "password", "hash"))
        for name, account in spec.accounts.items()
        if account.password
    ]
    for name, account in spec.accounts.items():
        for label, app in account.app_passwords.items():
            path = ("accounts", name, "app_passwords", label, "hash")
            found.append(SecretNeed(app.hash.name, Kind.APP_PASSWORD, path))
    for domain, own in spec.dkim.items():
        for selector, key in own.items():
            found.append(SecretNeed(key.private.name, Kind.DKIM, ("dkim", domain, selector, "private")))
    if spec.relay and spec.relay.password:
        found.append(SecretNeed(spec.relay.password.name, Kind.RELAY, ("relay", "password")))
    found += [SecretNeed(f"tls/{server}", Kind.TLS, ("servers", server)) for server in spec.servers]
    found += [SecretNeed(SRS_KEY, Kind.SRS, ("servers", server)) for server in spec.servers]
    found += [SecretNeed(WEB_KEY, Kind.WEB, ("servers", name, "web")) for name, s in spec.servers.items() if s.web]
    if spec.tls.source is TlsSource.TEST_CA:
        found.append(SecretNeed(CA_KEY, Kind.AUTHORITY, ("tls", "source")))
    return sorted(found)


def needed_by(spec: MailDomain, server: str) -> set[str]:
    """The secrets a server gets; those of roles it does not have stay on the controller."""
    roles = spec.servers[server].roles
    kinds = {Kind.TLS: {server}, Kind.WEB: {server}}
    if Role.MX in roles:  # who takes mail of strangers, and bounces
        kinds[Kind.SRS] = {server}
    if roles & {Role.MAILBOX, Role.SUBMISSION}:  # who checks logins
        kinds[Kind.PASSWORD] = kinds[Kind.APP_PASSWORD] = set(spec.accounts)
    if roles & {Role.MX, Role.SUBMISSION}:  # who sends, bounces included
        kinds[Kind.DKIM] = set(spec.dkim)
        kinds[Kind.RELAY] = {"password"}
    return {need.name for need in needed(spec) if need.path[1] in kinds.get(need.kind, ())}


def check(
    spec: MailDomain, vault: Vault, places: Callable[[Iterable[KeyPath]], dict[KeyPath, Place]] | None = None
) -> None:
    """Whether the vault has what the servers need, and in a form they can use.

    Raises SpecError with everything that is missing or does not fit; `places` says where the spec asks for it.
    """
    entries = vault.entries()
    found = [
        (need.path, fault)
        for need in needed(spec)
        if need.kind is not Kind.AUTHORITY
        if need.kind is not Kind.PASSWORD or not is_hash(entries.get(need.name, ""))  # nearly all are sound passwords
        for fault in _faults(spec, vault, need)
    ]
    if found:
        where = places(path for path, _ in found) if places else {}
        raise SpecError([Problem(where.get(path, Place(files.name(vault.path))), *fault) for path, fault in found])


def find(spec: MailDomain, name: str) -> SecretNeed:
    """The need with a name; raises SpecError when the spec has no such secret."""
    needs = {need.name: need for need in needed(spec)}
    if name in needs:
        return needs[name]
    near = difflib.get_close_matches(shown(name), needs, 1)
    hint = f"write `{near[0]}`" if near else "see `mailspec secret list SPEC`"
    raise SpecError.at("NAME", "unknown-secret", f"the spec needs no secret `{shown(name)}`", hint)


def put(spec: MailDomain, vault: Vault, need: SecretNeed, value: str) -> None:
    """Change one entry of the vault; raises SpecError when the value does not fit the spec."""
    vault.set(need.name, value)
    if faults := list(_faults(spec, vault, need)):
        raise SpecError([Problem(Place(files.name(vault.path)), *fault) for fault in faults])


def _faults(spec: MailDomain, vault: Vault, need: SecretNeed) -> Iterator[tuple[str, str, str]]:
    try:
        value = vault.get(need.name)
        if need.kind is Kind.PASSWORD:
            check_hash(value, need.name)
        elif need.kind is Kind.APP_PASSWORD:
            check_app_hash(value, need.name)
        elif need.kind is Kind.RELAY:
            check_line(value, need.name)
    except SpecError as error:
        yield from ((problem.id, problem.fact, problem.hint) for problem in error.problems)
        return
    if need.kind is Kind.DKIM:
        key = spec.dkim[str(need.path[1])][str(need.path[2])]
        if not _is_private_part(key.algorithm, key.public, value):
            hint = "put the right key into the vault, or remove this one from the spec and run `mailspec secret fill`"
            yield "bad-key", f"the entry `{need.name}` is not the private part of the `public` key", hint
    elif need.kind is Kind.TLS:
        server = str(need.path[1])
        if server in spec.tls.certificates and not keys.fits(spec.tls.certificates[server], value):
            hint = "put the key of the certificate into the vault, or run `mailspec secret fill` for a test CA"
            yield "bad-key", f"the entry `{need.name}` is not the key of `tls/{server}.pem`", hint


def _is_private_part(algorithm: Algorithm, public: str, private: str) -> bool:
    try:
        return keys.dkim_public(algorithm, private).rstrip("=") == public.rstrip("=")
    except ValueError:
        return False
