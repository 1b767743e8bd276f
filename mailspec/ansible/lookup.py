"""The lookup rows on the controller: digests of what they shall be, what has to change, and how that looks.

Rows exist in memory alone; what waits for a later task are the few that change, with secrets by name.
"""

import itertools
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cached_property
from multiprocessing.connection import Connection
from typing import Any

from .. import garbage
from ..model.secret import Secret
from ..rows import TABLES, Row
from ..secrets import Vault
from ..server import digest
from ..server.rows import SECRET_COLUMNS

Rows = dict[str, list[Row]]


class Lookup:
    """The rows of a server, with their secrets: what it compares its own with, and what it has to change."""

    def __init__(self, rows: Rows, secrets: Vault) -> None:
        self._rows, self._secrets = rows, secrets
        self._bounds = {
            table: [*digest.starts([str(row[0]) for row in wanted]), len(wanted)] for table, wanted in rows.items()
        }

    @cached_property
    def _digests(self) -> dict[str, list[str]]:
        """Those of the ranges of each table, before they are sealed."""
        return {table: list(self._of_ranges(table)) for table in self._rows}

    def _of_ranges(self, table: str) -> Iterator[str]:
        form = "\t".join(["%s"] * len(TABLES[table]))
        lines = [form % row for row in _filled(table, self._rows[table], self._secrets)]
        for start, end in itertools.pairwise(self._bounds[table]):
            yield digest.lines(end - start, "\n".join(lines[start:end]).encode())

    def wanted(self, key: bytes) -> dict[str, dict[str, list[str]]]:
        """What a server compares its rows with: the first key of each range of rows, and the range's digest."""
        return {
            table: {
                "first": ["", *(str(wanted[start][0]) for start in self._bounds[table][1:-1])],
                "digests": digest.sealed(key, self._digests[table]),
            }
            for table, wanted in self._rows.items()
        }

    def changes(self, key: bytes, live: dict[str, Any]) -> dict[str, Any]:
        """What turns the live rows into the wanted ones, with the old rows for the eye; secrets are names.

        `live` tells, table by table, which ranges differ and what is in them.
        """
        found: dict[str, Any] = {}
        for table, wanted in self._rows.items():
            there, bounds = live[table]["rows"], self._bounds[table]
            near = [row for number in live[table]["ranges"] for row in wanted[bounds[number] : bounds[number + 1]]]
            names = [digest.row_key(table, row) for row in near]
            put = {
                name: [{"name": value.name} if isinstance(value, Secret) else value for value in row]
                for name, row, filled in zip(names, near, _filled(table, near, self._secrets), strict=True)
                if name not in there or there[name][0] != digest.row(key, filled)
            }
            drop = sorted(there.keys() - set(names))
            if put or drop:
                before = {name: there[name][1] for name in [*put, *drop] if name in there}
                found[table] = {
                    "put": list(put.values()),
                    "drop": [there[name][1][: digest.KEYS[table]] for name in drop],
                    "before": before,
                }
        return found


class LookupAside:
    """The same from processes beside this one, which make their tables on other cores while Ansible gets going.

    They answer this process and its forks, and end with the last of them.
    """

    def __init__(self, *parts: "Aside") -> None:
        self._parts = parts

    def wanted(self, key: bytes) -> dict[str, dict[str, list[str]]]:
        """See Lookup."""
        return self._asked("wanted", key)

    def changes(self, key: bytes, live: dict[str, Any]) -> dict[str, Any]:
        """See Lookup."""
        return self._asked("changes", key, live)

    def _asked(self, what: str, *arguments: Any) -> dict[str, Any]:
        for part in self._parts:
            part.ask(what, *arguments)
        found: dict[str, Any] = {}
        for part in self._parts:
            found |= part.answer(what, *arguments)
        return {table: found[table] for table in TABLES if table in found}


class Aside:
    """A process that makes the rows of some tables, and answers for them."""

    def __init__(self, make: Callable[[], Lookup]) -> None:
        self._make = make
        self._connection, theirs = multiprocessing.Pipe()
        self.process = os.fork()
        if self.process:
            theirs.close()
            return
        try:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # who presses Ctrl-C means Ansible, and this ends with it
            self._connection.close()
            self._serve(theirs)
        finally:
            os._exit(0)  # this is still Ansible's process: none of its farewells

    def ask(self, what: str, *arguments: Any) -> None:
        """Call a method of its Lookup; `answer`, with the same words, has what comes of it."""
        with suppress(OSError):
            self._connection.send((what, arguments))

    def answer(self, what: str, *arguments: Any) -> Any:
        """What it says, or what this process finds out itself if it says nothing."""
        try:
            return self._connection.recv()
        except (EOFError, OSError):  # it could not, or somebody has ended it; in this process the error has a voice
            return getattr(self._make(), what)(*arguments)

    def _serve(self, theirs: Connection) -> None:
        with suppress(EOFError), garbage.paused():
            lookup = self._make()
            lookup.wanted(b"")  # most of it is work that needs no key
            while True:
                what, arguments = theirs.recv()
                theirs.send(getattr(lookup, what)(*arguments))


def payload(secrets: Vault, changes: dict[str, Any]) -> dict[str, Any]:
    """The changes as they travel: {table: {"keys": columns, "put": rows, "drop": keys}}."""
    return {
        table: {
            "keys": TABLES[table][: digest.KEYS[table]],
            "put": [
                [secrets.get(value["name"]) if isinstance(value, dict) else value for value in row]
                for row in change["put"]
            ],
            "drop": change["drop"],
        }
        for table, change in changes.items()
    }


def diffs(changes: dict[str, Any]) -> list[dict[str, str]]:
    """The changes as Ansible's `--diff` shows them, one line a row, secrets by name."""
    found = []
    for table, change in changes.items():
        before = sorted(digest.line(row) for row in change["before"].values())
        after = sorted(
            digest.line([Secret(**value) if isinstance(value, dict) else value for value in row])
            for row in change["put"]
        )
        header = f"rows of {table}"
        found.append(
            {
                "before": "".join(f"{line}\n" for line in before),
                "after": "".join(f"{line}\n" for line in after),
                "before_header": header,
                "after_header": header,
            }
        )
    return found


def _filled(table: str, rows: list[Row], secrets: Vault) -> list[Row]:
    """Rows with their secrets in place; for digests and the wire alone."""
    for number, column in enumerate(TABLES[table]):
        if column in SECRET_COLUMNS.get(table, ()):
            rows = [
                (*row[:number], secrets.get(found.name), *row[number + 1 :])
                if isinstance(found := row[number], Secret)
                else row
                for row in rows
            ]
    return rows
