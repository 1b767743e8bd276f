"""What the servers answer: the queries of the templates, asked of the rows of a spec."""

import re
import sqlite3
from functools import cache
from pathlib import Path

from mailspec.model.domain import MailDomain
from mailspec.model.secret import Secret
from mailspec.rows import SCHEMA, TABLES, rows

_ETC = Path(__file__).parents[1] / "golden/smallest/tree/etc"
"""The queries are the same for all specs."""


@cache
def _postfix(name: str) -> str:
    text = (_ETC / f"postfix/sqlite/{name}.cf").read_text(encoding="utf-8")
    query = re.sub(r"\s+", " ", text.partition("query =")[2])
    for letter in "sud":
        query = re.sub(rf"'%{letter}([^']*)'", rf"(:{letter} || '\1')", query)
    return query


def _lua(module: str, name: str) -> str:
    text = (_ETC / f"rspamd/lua/mailspec/{module}.lua").read_text(encoding="utf-8")
    found = re.search(rf"local {name} = (?:\[\[(.*?)\]\]|'(.*?)')\n", text, re.DOTALL)
    assert found
    return found[1] or found[2]


class Servers:
    """Postfix and Rspamd as far as rows decide, in memory."""

    def __init__(self, spec: MailDomain) -> None:
        self.base = sqlite3.connect(":memory:")
        self.base.executescript(SCHEMA)
        for table, found in rows(spec, next(iter(spec.servers))).items():
            marks = ", ".join("?" * len(TABLES[table]))
            plain = [[str(value) if isinstance(value, Secret) else value for value in row] for row in found]
            self.base.executemany(f"INSERT INTO {table} VALUES ({marks})", plain)

    def _first(self, name: str, address: str) -> set[str]:
        """What Postfix finds for an address, then for it without its extension."""
        local, _, domain = address.rpartition("@")
        for user in dict.fromkeys((local, local.partition("+")[0])):
            values = {"s": f"{user}@{domain}", "u": user, "d": domain}
            if user and (found := {str(row[0]) for row in self.base.execute(_postfix(name), values)}):
                return found
        return set()

    def owners(self, sender: str) -> set[str]:
        """The logins Postfix lets use an address as MAIL FROM."""
        return self._first("senders", sender)

    def is_blocked(self, login: str) -> bool:
        """Whether Postfix lets a login send nothing."""
        return bool(self._first("blocked", login))

    def may_log_in(self, login: str, protocol: str) -> bool:
        """Whether Dovecot knows a password for a login by a protocol."""
        question = "SELECT 1 FROM login WHERE login = ? AND instr(protocols, ?)"
        return self.base.execute(question, (login, f" {protocol} ")).fetchone() is not None

    def is_closed(self, address: str) -> bool:
        """Whether Postfix refuses it as one that takes no mail."""
        return bool(self._first("closed", address))

    def is_listed(self, address: str) -> bool:
        """Whether Postfix knows the address, the catch-all included."""
        values = {"s": f"@{address.rpartition('@')[2]}", "u": "", "d": ""}
        return bool(self._first("routes", address)) or bool(self.base.execute(_postfix("catch_all"), values).fetchall())

    def is_ours(self, address: str) -> bool:
        """Whether Postfix takes mail for the domain."""
        values = {"s": address.rpartition("@")[2]}
        return bool(self.base.execute(_postfix("domains"), values).fetchall())

    def owns_author(self, login: str, author: str) -> bool:
        """Whether the rule on the From header finds that the address belongs to the login."""
        local, _, domain = author.rpartition("@")
        return bool(self.base.execute(_lua("sender", "OWNED"), (local, domain, login)).fetchall())

    def may_post(self, to: str, login: str, author: str, *, dmarc: bool) -> bool:
        """Whether the rule of each list that the address names lets the message pass."""
        local, _, domain = to.rpartition("@")
        plain = local.partition("+")[0] or local
        home = login.rpartition("@")[2]
        who, everybody = (login, f"@{home}") if login else (author, "")
        if not login and self.base.execute(_lua("list", "OURS"), (author.rpartition("@")[2],)).fetchall():
            who = ""
        for (name,) in self.base.execute(_lua("list", "LISTS"), (local, plain, domain)).fetchall():
            allowed = who and self.base.execute(_lua("list", "POSTER"), (name, who, everybody)).fetchall()
            if not allowed or not (login or dmarc):
                return False
        return True
