"""What the daemons answer: a real SQLite with the rows of a spec, asked the way Postfix, Dovecot and Rspamd ask."""

import sqlite3
from collections.abc import Iterable

from mailspec import spelling
from mailspec.model import patterns
from mailspec.model.domain import MailDomain
from mailspec.model.secret import Secret
from mailspec.rows import SCHEMA, TABLES, rows

HIT = spelling.found("?1", "?2")
ROUTE = f"{HIT} SELECT way.target FROM hit JOIN way ON way.address = hit.address"
CATCH_ALL = "SELECT r.target FROM domain d JOIN way r ON r.address = '@' || d.canonical WHERE d.name = ?"
CLOSED = f"{HIT} SELECT 1 FROM hit JOIN refused c ON c.address = hit.address"
SENDER = f"{HIT} SELECT s.login FROM hit JOIN speaker s ON s.address = hit.address"
LIST = f"{HIT} SELECT l.list FROM hit JOIN list l ON l.address = hit.address"


def _one(address: str) -> str:
    """An address that a pattern means; any other address itself."""
    local, _, domain = address.rpartition("@")
    return f"{patterns.sample(local)}@{domain}" if set(local) & set("*?[") else address


class Behaviour:
    """The answers of one server."""

    def __init__(self, spec: MailDomain, server: str) -> None:
        self.database = sqlite3.connect(":memory:")
        self.database.executescript(SCHEMA)
        for table, found in rows(spec, server).items():
            marks = ", ".join("?" * len(TABLES[table]))
            values = [[str(value) if isinstance(value, Secret) else value for value in row] for row in found]
            self.database.executemany(f"INSERT INTO {table} VALUES ({marks})", values)

    def addresses(self) -> set[str]:
        """Every address the rows name, and every pattern."""
        named = "SELECT address FROM known UNION SELECT pattern || '@' || domain FROM pattern"
        found = self.database.execute(named).fetchall()
        return {address for (address,) in found}

    def ends(self, address: str) -> frozenset[str]:
        """Where mail for an address ends, one lookup a step."""
        ends: set[str] = set()
        todo, seen = [_one(address)], set()
        while todo:
            here = todo.pop()
            local, _, domain = here.rpartition("@")
            if here in seen:
                continue
            seen.add(here)
            if not self._ask("SELECT 1 FROM domain WHERE name = ?", domain):
                ends.add(here)
            elif not self._ask(CLOSED, local, domain):
                own = f"{local}@{self._ask('SELECT canonical FROM domain WHERE name = ?', domain)[0]}"
                found = self._ask(ROUTE, local, domain) or self._ask(CATCH_ALL, domain)
                ends |= {own} & set(found)
                todo += set(found) - {own}
        return frozenset(ends)

    def senders(self, address: str) -> frozenset[str]:
        """The logins that may send as an address."""
        local, _, domain = _one(address).rpartition("@")
        return frozenset(self._ask(SENDER, local, domain))

    def posters(self, address: str, who: Iterable[str]) -> frozenset[str]:
        """Who of some may post to an address; everybody where there is no rule."""
        local, _, domain = _one(address).rpartition("@")
        lists = self._ask(LIST, local, domain)
        question = "SELECT 1 FROM poster WHERE list = ? AND address IN (?, ?)"
        return frozenset(p for p in who if all(self._ask(question, name, p, p[p.index("@") :]) for name in lists))

    def logins(self) -> dict[str, tuple[object, ...]]:
        """Who may log in, with quota and the name of the password's entry."""
        return {
            row[0]: row for row in self.database.execute("SELECT login, name, quota, protocols, password FROM login")
        }

    def apps(self) -> set[tuple[object, ...]]:
        """What opens by which app password, with its networks and the name of its entry."""
        question = "SELECT a.*, p.hash FROM app_login a JOIN app_password p USING (login, label)"
        return set(self.database.execute(question))

    def answers(self) -> dict[str, str]:
        """The script that answers mail to each account today."""
        return dict(self.database.execute("SELECT login, script FROM answer WHERE id <> 'none'"))

    def behalf(self) -> set[tuple[str, str]]:
        """Which login may write in the name of which address."""
        return set(self.database.execute("SELECT address, login FROM on_behalf"))

    def opened(self) -> set[tuple[str, str, str]]:
        """Who opens which shared mailbox today, with what right."""
        return set(self.database.execute("SELECT mailbox, login, level FROM opened JOIN login USING (login)"))

    def sending(self) -> dict[str, tuple[int, ...]]:
        """How much each account may send, as Rspamd asks."""
        question = "SELECT * FROM sending WHERE login IN (?, '') ORDER BY login DESC LIMIT 1"
        logins = [login for (login,) in self.database.execute("SELECT login FROM account")]
        return {login: self.database.execute(question, (login,)).fetchone()[1:] for login in logins}

    def submitters(self) -> set[str]:
        """Who may log in to send, and then sends."""
        return set(self._ask("SELECT login FROM login WHERE login NOT IN (SELECT login FROM blocked)"))

    def _ask(self, question: str, *values: str) -> list[str]:
        return [row[0] for row in self.database.execute(question, values)]
