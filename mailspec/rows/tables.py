"""What stands in each table of the lookup database: a method for each, of its name."""

from collections.abc import Iterator
from datetime import date
from functools import cached_property, lru_cache

from .. import mailing, shared, spans, vacation
from ..model import patterns
from ..model.accounts import State
from ..model.domain import MailDomain
from ..model.lists import List
from ..model.password import Owner, Password
from ..model.protocols import Protocol
from ..model.secret import Secret
from ..model.sending import effective
from ..routing import Route, behalf, is_joint, posters, reach, routes, ruled, senders

Value = str | int | Secret
Row = tuple[Value, ...]

_FIRST_DAY, _LAST_DAY = date.min.isoformat(), date.max.isoformat()


class Tables:
    """The rows of a server, table by table, in any order; one may come twice where several columns make the key."""

    def __init__(self, spec: MailDomain, server: str) -> None:
        self._spec, self._server = spec, server

    @cached_property
    def _routes(self) -> dict[str, Route]:
        """The routes by address, sorted: rows that are made in order are sorted in no time."""
        found = routes(self._spec)
        return {address: found[address] for address in sorted(found)}

    @cached_property
    def _patterns(self) -> list[tuple[str, str, str]]:
        """The patterns: domain, pattern, and the alias they belong to."""
        named = patterns.named(self._spec)
        return [(home, pattern, self._spec.address(alias)) for home, pattern, alias, _ in named]

    @cached_property
    def _globs(self) -> set[str]:
        """The patterns as addresses, which the daemons know by their alias."""
        return {f"{glob}@{home}" for home, glob, _ in self._patterns}

    @cached_property
    def _mailing(self) -> list[tuple[str, List]]:
        """The lists that mlmmj runs, by address."""
        return [(address, entry) for address, entry in self._spec.mailing_lists.items() if entry.is_mailing]

    def account(self) -> Iterator[Row]:
        """Each account with its days, protocols, quota and hash."""
        for address in sorted(self._spec.mailboxes):
            account = self._spec.mailboxes[address]
            is_open = account.shared and account.state is State.ACTIVE
            yield (
                address,
                account.name or "",
                "shared" if is_open else account.state.value,
                account.from_.isoformat() if account.from_ else _FIRST_DAY,
                account.until.isoformat() if account.until else _LAST_DAY,
                "" if account.shared else _words(account.protocols),
                int(account.receive),
                account.quota,
                *_password(account.password),
            )

    def app_password(self) -> Iterator[Row]:
        """The app passwords, each with what it opens."""
        for address, account in self._spec.mailboxes.items():
            for label, app in account.app_passwords.items():
                until = app.until.isoformat() if app.until else _LAST_DAY
                networks = ",".join(map(str, app.networks))
                yield address, label, _words(app.protocols & account.protocols), until, networks, app.hash

    def behalf(self) -> Iterator[Row]:
        """Who may write in the name of an address."""
        for address, login, _ in behalf(self._spec, self._routes):
            if address not in self._globs:
                yield address, login

    def closed(self) -> Iterator[Row]:
        """The spans of days on which an address is refused, and whether nobody may send as it then either."""
        for address, (first, last) in spans.closed(self._spec, self._routes):
            # who takes no mail may send all the same, an alias may not
            mute = int(is_joint(self._spec, self._routes[address].path))
            yield address, first.isoformat(), last.isoformat(), mute

    def control(self) -> Iterator[Row]:
        """The files of the control directories of mlmmj."""
        for address, entry in self._mailing:
            yield from mailing.control(self._spec, address, entry)

    def domain(self) -> Iterator[Row]:
        """Which domains are ours, and which an alias stands for; the server itself is one."""
        for name in self._spec.domains:
            holder = self._spec.canonical(name)
            yield name, holder, "mail", self._spec.domains[holder].separator or ""
        yield "localhost", self._spec.canonical(self._server), "host", ""
        if self._server not in self._spec.domains:
            yield self._server, self._server, "host", ""

    def list(self) -> Iterator[Row]:
        """The addresses with a rule on who may post."""
        for rule in ruled(self._spec):
            yield from ((name, rule.address, rule.entry.post.value) for name in rule.names if name not in self._globs)
        for address, entry in self._mailing:
            names = [address, *map(self._spec.address, entry.aliases)]
            yield from ((name, address, entry.post.value) for name in names)

    def mailing(self) -> Iterator[Row]:
        """What the filter asks about a list that mlmmj runs."""
        return (mailing.row(address, entry) for address, entry in self._mailing)

    def member(self) -> Iterator[Row]:
        """Whom the spec names as members of such a list."""
        for address, _ in self._mailing:
            yield from ((address, member) for member in reach(self._spec, self._routes, address))

    def moderator(self) -> Iterator[Row]:
        """Who moderates such a list."""
        for address, entry in self._mailing:
            yield from ((address, who) for who in mailing.moderators(self._spec, self._routes, entry))

    def pattern(self) -> Iterator[Row]:
        """The patterns of addresses."""
        return iter(self._patterns)

    def poster(self) -> Iterator[Row]:
        """Who may post where there is a rule."""
        for rule in ruled(self._spec):
            yield from ((rule.address, poster) for poster in posters(self._spec, self._routes, rule.entry))

    def route(self) -> Iterator[Row]:
        """Where mail for an address goes next."""
        taken, globs = mailing.addresses(self._spec), self._globs
        for address, route in self._routes.items():
            if address in taken:
                yield address, address
            elif address not in globs:
                for target in route.targets:
                    yield address, target
        yield from host_routes(self._spec, self._server)
        for address, entry in self._mailing:
            yield from mailing.owner_routes(self._spec, address, entry)

    def sender(self) -> Iterator[Row]:
        """Who may send as an address."""
        globs, found = self._globs, senders(self._spec, self._routes)
        return (pair for pair in found if pair[0] not in globs) if globs else found

    def sending(self) -> Iterator[Row]:
        """How much may be sent: by everybody, under no name, and by the accounts that have numbers of their own."""
        default = self._spec.limits.sending
        yield ("", *default.model_dump().values())
        for login, account in self._spec.mailboxes.items():
            if account.sending and (numbers := effective(default, account.sending)) != default:
                yield (login, *numbers.model_dump().values())

    def shared(self) -> Iterator[Row]:
        """Who opens which shared mailbox."""
        opened = shared.opened(self._spec, self._routes)
        return ((login, mailbox, right.value) for mailbox, login, right, _ in opened)

    def vacation(self) -> Iterator[Row]:
        """What is answered to mail for an account."""
        return vacation.rows(self._spec)


def _password(password: Password | None) -> tuple[str, str, str | Secret]:
    """Its owner, the last day of an initial one, and the hash; a shared mailbox has none."""
    if not password:
        return Owner.SPEC.value, _LAST_DAY, ""
    return password.owner.value, password.until.isoformat() if password.until else _LAST_DAY, password.hash


@lru_cache(100)
def _words(protocols: frozenset[Protocol]) -> str:
    return " ".join(sorted(protocols))


def host_routes(spec: MailDomain, server: str) -> list[tuple[str, str]]:
    """Mail of the server itself, such as that of cron, reaches the postmaster."""
    domain, postmaster = spec.canonical(server), spec.address(spec.postmaster)
    named = {spec.address(name) for name in (*spec.accounts, *spec.lists, *spec.aliases)}
    locals_ = ("abuse", "mailer-daemon", "postmaster", "root")
    return [(f"{local}@{domain}", postmaster) for local in locals_ if f"{local}@{domain}" not in named]
