"""Rows that are made in a process beside Ansible's are those that it would have made itself."""

import os
import signal
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from mailspec.ansible.lookup import Aside, Lookup, LookupAside
from mailspec.model.secret import Secret
from mailspec.problem import SpecError
from mailspec.rows import TABLES, Row
from mailspec.secrets import Vault

KEY = b"k" * 32
VAULT = Vault(Path("vault.yml"), b"", {"alice": "{ARGON2ID}$x"})


ACCOUNT = ("alice@example.org", "", "active", "", "", "imap", 1, 0, "spec", "", Secret(name="alice"))
ROUTE = ("alice@example.org", "alice@example.org")


def lookup(*tables: str, account: Row = ACCOUNT) -> Lookup:
    rows: dict[str, list[Row]] = {table: [] for table in TABLES} | {"account": [account], "route": [ROUTE]}
    return Lookup({table: rows[table] for table in tables or TABLES}, VAULT)


def beside(**other: Row) -> list[Aside]:
    """Two processes, one of which knows the accounts."""
    halves = [["account"], [table for table in TABLES if table != "account"]]
    return [Aside(partial(lookup, *half, **other)) for half in halves]


def live() -> dict[str, Any]:
    return {table: {"ranges": [0], "rows": {}} for table in TABLES}


def test_processes_beside_answer_the_same_in_the_same_order() -> None:
    here, aside = lookup(), LookupAside(*beside())
    assert list(aside.wanted(KEY).items()) == list(here.wanted(KEY).items())
    assert list(aside.changes(KEY, live()).items()) == list(here.changes(KEY, live()).items())


def test_they_answer_a_fork_as_well() -> None:
    aside = LookupAside(*beside())
    if not (fork := os.fork()):
        os._exit(0 if aside.wanted(KEY) == lookup().wanted(KEY) else 1)
    assert os.waitpid(fork, 0)[1] == 0


@pytest.mark.parametrize("lost", [0, 1])
def test_who_loses_one_makes_its_rows_again(lost: int) -> None:
    both = beside()
    os.kill(both[lost].process, signal.SIGKILL)
    assert LookupAside(*both).wanted(KEY) == lookup().wanted(KEY)


def test_what_is_wrong_is_said_here() -> None:
    aside = LookupAside(*beside(account=(*ACCOUNT[:-1], Secret(name="bob"))))
    with pytest.raises(SpecError, match="the vault has no entry `bob`"):
        aside.wanted(KEY)


def test_they_end_with_the_last_that_may_ask() -> None:
    both = beside()
    processes = [aside.process for aside in both]
    both.clear()
    assert [os.waitpid(process, 0)[1] for process in processes] == [0, 0]
