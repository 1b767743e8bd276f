"""Rules that need more than one part of the spec: references that lead nowhere, names used twice."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..shown import shown
from . import circles, dmarc, groups, mta_sts, patterns, sending, shared, sieve, spf, web
from .accounts import State
from .aliases import Writers
from .defined import Defined
from .domains import ROLE_NAMES
from .lists import Post
from .servers import Role
from .spec import Clash
from .text import group_of
from .tls import Source

if TYPE_CHECKING:
    from .domain import MailDomain

LONGEST_DOMAIN = 175
"""What remains of 253 characters for a selector of 63 and `._domainkey.` before it (RFC 1035, 2.3.4)."""


def clashes(spec: "MailDomain") -> list[Clash]:
    """Every rule that parts of the spec break together."""
    found = list(_domains(spec))
    if found:
        return found  # without a sound set of domains no address means anything
    defined = Defined(spec)
    roles = {f"{role}@{name}" for role in ROLE_NAMES for name in spec.domains}
    people = list(groups.clashes(spec, defined))
    references = [*_references(spec, defined), *people, *_logins(spec, defined), *_renamed(spec)]
    references += _mailing_lists(spec)
    records = [
        *dmarc.clashes(spec, lambda address: address in roles or address in defined),
        *mta_sts.clashes(spec),
        *spf.clashes(spec),
        *web.clashes(spec),
    ]
    loops = circles.clashes(spec, sound=not people)
    own = [*loops, *patterns.clashes(spec), *sending.clashes(spec), *shared.clashes(spec), *sieve.clashes(spec)]
    return [*defined.clashes(), *references, *own, *records, *_servers(spec)]


def missing_keys(spec: "MailDomain") -> list[Clash]:
    """What `mailspec secret fill` would make: without it the domain can neither sign nor encrypt."""
    fill = "run `mailspec secret fill` on the spec"
    found = []
    for name, domain in spec.domains.items():
        if not domain.alias_of and not spec.dkim.get(name):
            found.append(Clash(("domains", name), "no-dkim-key", f"`{name}` has no DKIM key", fill))
    for server in spec.servers:
        if server not in spec.tls.certificates:
            hint = fill if spec.tls.source is Source.TEST_CA else f"put the chain into `tls/{server}.pem`"
            found.append(Clash(("servers", server), "no-certificate", f"`{server}` has no certificate", hint))
    return found


def _domains(spec: "MailDomain") -> Iterator[Clash]:
    own = [name for name, domain in spec.domains.items() if not domain.alias_of]
    choices = ", ".join(f"`{name}`" for name in sorted(own)) or "none"
    if spec.default_domain and spec.default_domain not in own:
        fact = f"`default_domain` is `{spec.default_domain}`, which is not among the domains that hold mailboxes"
        yield Clash(("default_domain",), "unknown-domain", fact, f"choose one of them: {choices}")
    if not spec.default_domain and len(own) != 1:
        fact = f"{len(own)} domains hold mailboxes, and `default_domain` does not say which one short names mean"
        yield Clash(("domains",), "no-default-domain", fact, f"set `default_domain` to one of them: {choices}")
    for name, domain in spec.domains.items():
        if domain.alias_of and domain.alias_of not in own:
            fact = f"`{name}` is an alias of `{domain.alias_of}`, which holds no mailboxes"
            yield Clash(("domains", name, "alias_of"), "unknown-domain", fact, f"choose one of them: {choices}")
        if len(name) > LONGEST_DOMAIN:
            fact = f"`{shown(name)}` has {len(name)} characters; its DKIM and SRV records would have no legal name"
            yield Clash(("domains", name), "too-long", fact, f"use a domain of at most {LONGEST_DOMAIN} characters")
    for name in spec.dkim:
        if name not in spec.domains:
            yield Clash(
                ("dkim", name), "unknown-domain", f"keys for `{name}`, which is no domain of ours", "remove them"
            )


def _references(spec: "MailDomain", defined: Defined) -> Iterator[Clash]:
    catch_alls = [(domain.catch_all or "", ("domains", name, "catch_all")) for name, domain in spec.domains.items()]
    for name, path in (*groups.references(spec), *catch_alls):
        address = spec.address(name)
        if name and not group_of(name) and spec.is_ours(address) and address not in defined:
            hint = "add the account or list, or correct the name"
            yield Clash(path, "unknown-address", f"`{name}` does not exist", hint)
    for name, domain in spec.domains.items():
        if domain.catch_all:
            owner = defined.get(spec.address(domain.catch_all)) or ("",)
            if owner[0] == "accounts" and not spec.accounts[str(owner[1])].receives:
                fact = f"`catch_all` is `{domain.catch_all}`, which takes no mail"
                yield Clash(("domains", name, "catch_all"), "catch-all-closed", fact, "name an account that takes mail")
            yield from _caught(spec, name, domain.catch_all)
    yield from _roles(spec)
    yield from _role_aliases(spec)


def _caught(spec: "MailDomain", domain: str, name: str) -> Iterator[Clash]:
    """A catch-all that not everybody may write to, or not on every day."""
    path, address = ("domains", domain, "catch_all"), spec.address(name)
    list_ = spec.mailing_lists.get(address)
    alias = next((alias for key, alias in spec.aliases.items() if spec.address(key) == address), None)
    if (list_ and list_.post is not Post.ANYONE) or (alias and alias.post is not Writers.ANYONE):
        kind, post = ("list", list_.post.value) if list_ else ("alias", Writers.DOMAIN.value)
        fact = f"`catch_all` is the {kind} `{name}`; strangers would pass its `post: {post}`"
        yield Clash(path, "catch-all-closed-list", fact, "name an account")
    if alias and alias.has_days:
        fact = f"`catch_all` is the alias `{name}`, which takes no mail on some days"
        yield Clash(path, "catch-all-closed", fact, "name an account that takes mail")


def _mailing_lists(spec: "MailDomain") -> Iterator[Clash]:
    """What reaches a list that mlmmj runs by way of another name was not asked whether it may."""
    lists = {spec.address(n): name for name, e in spec.lists.items() if e.is_mailing for n in (name, *e.aliases)}
    catch_alls = [(domain.catch_all or "", ("domains", name, "catch_all")) for name, domain in spec.domains.items()]
    for name, path in (*groups.references(spec), *catch_alls) if lists else ():
        if name and path[0] != "groups" and spec.address(name) in lists:
            kind = spec.lists[lists[spec.address(name)]].kind
            fact = f"`{name}` is a list of the kind `{kind}`, and only who writes to it itself reaches it"
            yield Clash(path, "mailing-list-inside", fact, "name its members, or a group of them")


def _roles(spec: "MailDomain") -> Iterator[Clash]:
    """The postmaster, and whoever has a name that must be answered on every day."""
    postmaster = spec.mailboxes.get(spec.address(spec.postmaster))
    if not postmaster or not (postmaster.keeps and postmaster.can_read) or postmaster.has_days:
        what = "no account that takes mail and can be read"
        if postmaster and postmaster.has_days:
            what = "not at work on every day"
        elif postmaster and postmaster.forward and not postmaster.forward.keep:
            what = "an account that keeps no mail"
        fact = f"`postmaster` is `{spec.postmaster}`, which is {what}"
        yield Clash(("postmaster",), "no-postmaster", fact, "name an account that somebody reads (RFC 5321, 4.5.1)")
    for name, account in spec.accounts.items():
        if account.state is State.ARCHIVED or (account.receive and not account.has_days):
            continue  # the postmaster answers for whoever is archived
        why = "takes no mail" if not account.receive else "has `from` or `until`"
        named = [
            (name, ("accounts", name)),
            *((a, ("accounts", name, "aliases", i)) for i, a in enumerate(account.aliases)),
        ]
        for address, path in named:
            if address.partition("@")[0] in ROLE_NAMES:
                fact = f"`{address}` must be answered on every day, and `{name}` {why}"
                hint = "give it to another account, or to a list (RFC 2142)"
                yield Clash(path, "unanswered-role", fact, hint, on_key=len(path) == 2)


def _role_aliases(spec: "MailDomain") -> Iterator[Clash]:
    """Aliases with a name that everybody may write to on every day."""
    for name, alias in spec.aliases.items():
        if name.partition("@")[0] in ROLE_NAMES and (alias.has_days or alias.post is not Writers.ANYONE):
            what = "on every day" if alias.has_days else "to everybody"
            why = "has `from` or `until`" if alias.has_days else f"has `post: {alias.post}`"
            fact, hint = f"`{name}` must be answered {what}, and the alias {why}", "take that out of it (RFC 2142)"
            yield Clash(("aliases", name), "unanswered-role", fact, hint, on_key=True)


_DOES = {
    "manage": "open",
    "read": "open",
    "send_as": "send as",
    "send_on_behalf": "send on behalf of",
    "write": "open",
}
"""The keys that name who logs in, and what for."""


def _logins(spec: "MailDomain", defined: Defined) -> Iterator[Clash]:
    """Whoever may send as an address or on its behalf, or open a shared mailbox, has to log in."""
    for name, path in groups.references(spec):
        word = _DOES.get(str(path[-2]))
        known = defined.get(spec.address(name)) or ("",)
        if not word or group_of(name) or (known[0] == "accounts" and not spec.accounts[str(known[1])].shared):
            continue
        if known[0] or not spec.is_ours(spec.address(name)):
            kind = "a shared mailbox" if known[0] == "accounts" else "no account"
            fact = f"`{name}` is {kind}, and only who logs in may {word} `{path[1]}`"
            yield Clash(path, "no-login", fact, "name an account, or a group of them")


def _renamed(spec: "MailDomain") -> Iterator[Clash]:
    """One mailbox moves to one account, and only from where there is no account any more."""
    taken: dict[str, str] = {}
    for name, before in spec.renamed.items():
        path, address = ("accounts", name, "renamed_from"), spec.address(before)
        if address in spec.mailboxes:
            fact = f"`{before}` is an account, with a mailbox of its own"
            yield Clash(path, "not-renamed", fact, "take `renamed_from` out: the mailbox has moved, or is not to move")
        elif address in taken:
            fact = f"`{before}` can not have become both `{taken[address]}` and `{name}`"
            yield Clash(path, "not-renamed", fact, "keep `renamed_from` on the one that gets the mailbox")
        taken.setdefault(address, name)


def _servers(spec: "MailDomain") -> Iterator[Clash]:
    if len(spec.servers) > 1:
        fact = f"{len(spec.servers)} servers; this version runs a domain on one"
        yield Clash(("servers",), "one-server", fact, "keep one server that has every role")
    for name, server in spec.servers.items():
        lacking = ", ".join(f"`{role}`" for role in sorted(set(Role) - server.roles))
        if lacking and len(spec.servers) == 1:
            hint = "leave `roles` out to give it every role"
            yield Clash(("servers", name, "roles"), "missing-role", f"no server has the role {lacking}", hint)
