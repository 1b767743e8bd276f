"""Rows that are made in a process beside Ansible's are those that it would have made itself."""

import os
import signal
from pathlib import Path
from typing import Any

import pytest

from mailspec.ansible.lookup import Lookup, LookupAside
from mailspec.model.secret import Secret
from mailspec.problem import SpecError
from mailspec.rows import TABLES, Row
from mailspec.secrets import Vault

KEY = b"k" * 32
VAULT = Vault(Path("vault.yml"), b"", {"alice": "{ARGON2ID}$x"})


def lookup(entry: str = "alice") -> Lookup:
    tables: dict[str, list[Row]] = {table: [] for table in TABLES}
    account = ("alice@example.org", "", "active", "", "", "imap", 1, 0, "spec", "", Secret(name=entry))
    return Lookup(tables | {"account": [account], "route": [("alice@example.org", "alice@example.org")]}, VAULT)


def live() -> dict[str, Any]:
    return {table: {"ranges": [0], "rows": {}} for table in TABLES}


def test_a_process_beside_answers_the_same() -> None:
    here, aside = lookup(), LookupAside(lookup)
    assert aside.wanted(KEY) == here.wanted(KEY)
    assert aside.changes(KEY, live()) == here.changes(KEY, live())


def test_it_answers_a_fork_as_well() -> None:
    aside = LookupAside(lookup)
    if not (fork := os.fork()):
        os._exit(0 if aside.wanted(KEY) == lookup().wanted(KEY) else 1)
    assert os.waitpid(fork, 0)[1] == 0


def test_who_loses_it_makes_the_rows_again() -> None:
    aside = LookupAside(lookup)
    os.kill(aside.process, signal.SIGKILL)
    assert aside.wanted(KEY) == lookup().wanted(KEY)


def test_what_is_wrong_is_said_here() -> None:
    aside = LookupAside(lambda: lookup("bob"))
    with pytest.raises(SpecError, match="the vault has no entry `bob`"):
        aside.wanted(KEY)


def test_it_ends_with_the_last_that_may_ask() -> None:
    aside = LookupAside(lookup)
    process = aside.process
    del aside
    assert os.waitpid(process, 0)[1] == 0
