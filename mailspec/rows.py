"""Lookup rows: the data Postfix, Dovecot and Rspamd ask for while they run.

A change of rows touches no configuration and reloads nothing: the host applies the rows that differ to one
SQLite database in one transaction.
"""

from . import hand_edits
from .ansible.module_utils.mailspec_host.digest import KEYS
from .model.domain import MailDomain
from .model.lists import Post
from .model.secret import Secret
from .routing import posters, routes, senders

Value = str | int | Secret
Row = tuple[Value, ...]

TABLES = {
    "account": ("login", "name", "enabled", "quota", "owner", "hash"),
    "closed": ("address",),
    "domain": ("name", "canonical", "kind"),
    "list": ("address", "list", "post"),
    "poster": ("list", "address"),
    "route": ("address", "target"),
    "sender": ("address", "login"),
}
"""The tables a converge owns, with their columns."""

WATCH = hand_edits.watch(TABLES, KEYS)
"""What notes rows that somebody else writes; a server that has an older database gets it with the next converge."""

_DATA = """
CREATE TABLE account (
  login TEXT PRIMARY KEY, name TEXT NOT NULL, enabled INTEGER NOT NULL, quota INTEGER NOT NULL,
  owner TEXT NOT NULL, hash TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE closed (address TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE domain (name TEXT PRIMARY KEY, canonical TEXT NOT NULL, kind TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE list (
  address TEXT NOT NULL, list TEXT NOT NULL, post TEXT NOT NULL, PRIMARY KEY (address, list)
) WITHOUT ROWID;
CREATE TABLE poster (list TEXT NOT NULL, address TEXT NOT NULL, PRIMARY KEY (list, address)) WITHOUT ROWID;
CREATE TABLE route (address TEXT NOT NULL, target TEXT NOT NULL, PRIMARY KEY (address, target)) WITHOUT ROWID;
CREATE TABLE sender (address TEXT NOT NULL, login TEXT NOT NULL, PRIMARY KEY (address, login)) WITHOUT ROWID;
CREATE TABLE user_password (login TEXT PRIMARY KEY, hash TEXT NOT NULL, changed INTEGER NOT NULL) WITHOUT ROWID;
CREATE VIEW login AS
  SELECT a.login, a.name, a.quota,
         CASE WHEN a.owner = 'user' THEN coalesce(u.hash, a.hash) ELSE a.hash END AS password
  FROM account a LEFT JOIN user_password u ON u.login = a.login
  WHERE a.enabled = 1;
"""
SCHEMA = f"{_DATA}{WATCH}"
"""The database; `user_password` belongs to the users, a converge never writes it."""


def rows(spec: MailDomain, server: str) -> dict[str, list[Row]]:
    """The rows of each table, sorted by key."""
    tables: dict[str, list[Row]] = {name: [] for name in TABLES}
    table = routes(spec)
    for address, account in spec.mailboxes.items():
        tables["account"].append(
            (
                address,
                account.name or "",
                int(account.enabled),
                account.quota,
                account.password.owner.value,
                account.password.hash,
            )
        )
    for name in spec.domains:
        tables["domain"].append((name, spec.canonical(name), "mail"))
    for route in table.values():
        tables["route"] += [(route.address, target) for target in route.targets]
        if route.kind == "closed":
            tables["closed"].append((route.address,))
    tables["domain"].append(("localhost", spec.canonical(server), "host"))
    if server not in spec.domains:
        tables["domain"].append((server, server, "host"))
    tables["route"] += host_routes(spec, server)
    tables["sender"] += list(senders(spec, table))
    for address, entry in spec.mailing_lists.items():
        if entry.post is not Post.ANYONE:
            names = [address, *(spec.address(alias) for alias in entry.aliases)]
            tables["list"] += [(name, address, entry.post.value) for name in names]
            tables["poster"] += [(address, poster) for poster in posters(spec, table, entry)]
    return {name: sorted(dict.fromkeys(found)) for name, found in tables.items()}


def host_routes(spec: MailDomain, server: str) -> list[tuple[str, str]]:
    """Mail of the server itself, such as that of cron, reaches the postmaster."""
    domain, postmaster = spec.canonical(server), spec.address(spec.postmaster)
    named = {spec.address(name) for name in (*spec.accounts, *spec.lists, *spec.aliases)}
    locals_ = ("abuse", "mailer-daemon", "postmaster", "root")
    return [(f"{local}@{domain}", postmaster) for local in locals_ if f"{local}@{domain}" not in named]
