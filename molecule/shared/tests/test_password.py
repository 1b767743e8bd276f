"""Each password has its owner: what a user sets stays, what the spec decides is enforced, and apps have their own."""

import imaplib
import shlex
import shutil
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
import testinfra

from mailspec.cases import mailbox
from mailspec.cases.playbook import PROJECT, converge, environment, folder, ssh_config
from mailspec.cases.site import Site, World
from mailspec.cases.smtp import RefusedError, Session
from mailspec.load import load
from mailspec.model.password import Owner
from mailspec.vault import Vault

LAB = Path(environment()["MAILSPEC_LAB"])
SITE = Site(folder(), World.read(LAB))
SERVER = SITE.name
POSTMASTER = SITE.spec.address(SITE.spec.postmaster)
OWNERS = [login for login, entry in SITE.book.users.items() if entry.password and entry.password.owner is Owner.USER]
LOGIN = next((login for login in OWNERS if login != POSTMASTER), "")
"""Somebody who owns a password, and whose account may be suspended for a while."""
pytestmark = pytest.mark.skipif(not LOGIN, reason="nobody but the postmaster owns a password")
FORGET = """
import sqlite3
database = sqlite3.connect('/var/lib/mailspec/lookup/lookup.db')
database.execute('DELETE FROM user_password')
database.commit()
"""
"""The server forgets what users have set, so that the passwords of the tests count again."""


@pytest.fixture(scope="module")
def machine() -> Any:
    return testinfra.get_host(f"ssh://{SERVER}", ssh_config=ssh_config())


@pytest.fixture
def spec(tmp_path: Path, machine: Any) -> Iterator[Path]:
    """A copy of the spec to change; the server goes back to the real one afterwards. No process notices."""
    before = processes(machine)
    yield Path(shutil.copytree(folder(), tmp_path / "spec"))
    machine.check_output(f"python3 -c {shlex.quote(FORGET)}")
    converge()
    assert processes(machine) == before


def processes(machine: Any) -> str:
    """The main process of each service, and when it last read its configuration."""
    shown = "--property=Id,MainPID,ExecReload unbound rspamd dovecot postfix valkey-server redis-server"
    return str(machine.run(f"systemctl show {shown}").stdout)


def mailspec(*arguments: str) -> str:
    """A command as people type it; what it prints."""
    argv = [str(PROJECT / ".venv/bin/mailspec"), *arguments]
    done = subprocess.run(
        argv, env=environment(), capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def made(*arguments: str) -> str:
    """The password that a command has made and printed."""
    return mailspec(*arguments).splitlines()[-1].partition("\t")[2]


def by_imap(password: str) -> bool:
    try:
        with mailbox.imap(SITE, LOGIN, password):
            return True
    except imaplib.IMAP4.error:
        return False


def by_smtp(password: str) -> bool:
    with Session(SITE, 465) as session:
        session.greet()
        try:
            session.login(LOGIN, password)
        except RefusedError:
            return False
    return True


def by_sieve(password: str) -> bool:
    return mailbox.sieve_login(SITE, LOGIN, password).startswith("OK")


def has_ended(session: imaplib.IMAP4) -> bool:
    """Whether the server has hung up."""
    try:
        for _ in range(10):
            session.noop()
    except (imaplib.IMAP4.abort, OSError):
        return True
    return False


def opens(password: str, *ways: Callable[[str], bool]) -> list[bool]:
    """Whether a password logs in, by each way at once: after each failure the next login would wait for longer."""
    with ThreadPoolExecutor() as pool:
        return list(pool.map(lambda way: way(password), ways or (by_imap,)))


def none_opens(*passwords: str) -> bool:
    """Whether all of these passwords are refused by IMAP, at once."""
    with ThreadPoolExecutor() as pool:
        return not any(pool.map(by_imap, passwords))


def test_password_of_a_user_stays_until_the_spec_decides_it(spec: Path) -> None:
    first = SITE.password(LOGIN)
    own = made("account", "passwd", str(spec), LOGIN)
    assert opens(own, by_imap, by_smtp) == [True, True]
    assert opens(first) == [False]
    for _ in range(2):
        assert "changed=0" in converge(spec=spec)
        assert opens(own) == [True]
    mailspec("account", "set", str(spec), LOGIN, "password.owner=spec")
    enforced = made("account", "passwd", str(spec), LOGIN)
    converge(spec=spec)
    assert opens(enforced, by_imap, by_smtp) == [True, True]
    assert opens(own) == [False]


def test_initial_password_ends_and_that_of_the_user_goes_on(spec: Path) -> None:
    mailspec("account", "set", str(spec), LOGIN, "password.until=2020-12-31")
    converge(spec=spec)
    assert opens(SITE.password(LOGIN)) == [False]
    own = made("account", "passwd", str(spec), LOGIN)
    assert opens(own) == [True]


def test_new_password_ends_the_sessions_of_the_old_one(spec: Path) -> None:
    with mailbox.imap(SITE, LOGIN) as session:
        mailspec("account", "passwd", str(spec), LOGIN)
        assert has_ended(session)


def test_app_passwords_open_what_they_are_for_and_go_one_by_one(spec: Path) -> None:
    here = str(ip_network(f"{SITE.addresses[min(SITE.addresses)]}/24", strict=False))
    add = ("account", "app-password", "add", str(spec), LOGIN)
    phone = made(*add, "test-phone", "--protocol", "imap", "--protocol", "smtp")
    desk = made(*add, "test-desk", "--network", here)
    away = made(*add, "test-away", "--network", "203.0.113.0/24")
    over = made(*add, "test-over", "--until", "2020-12-31")
    converge(spec=spec)
    assert opens(SITE.password(LOGIN), by_imap, by_smtp, by_sieve) == [True, True, True]
    assert opens(phone, by_imap, by_smtp, by_sieve) == [True, True, False]
    assert opens(desk, by_imap, by_smtp) == [True, True]
    assert opens(away, by_imap, by_smtp) == [False, False]
    entry = Vault.open(spec).get(load(spec).mailboxes[LOGIN].app_passwords["test-desk"].hash.name)
    assert none_opens(over, entry, entry[8:])

    mailspec("account", "app-password", "remove", str(spec), LOGIN, "test-phone")
    converge(spec=spec)
    assert opens(phone) == [False]
    assert opens(desk) == [True]
    assert opens(SITE.password(LOGIN)) == [True]

    mailspec("account", "suspend", str(spec), LOGIN)
    converge(spec=spec)
    assert opens(desk) == [False]


def test_what_is_typed_as_a_password_comes_into_no_query_and_no_log(spec: Path, machine: Any) -> None:
    assert spec
    since = machine.check_output("date +%s")
    hostile = "x' OR '1'='1' -- \\ %u %{user} \" ;"
    assert opens(hostile, by_imap, by_smtp) == [False, False]
    assert opens(SITE.password(LOGIN)) == [True]
    said = machine.check_output(f"journalctl --no-pager --output=cat --since=@{since}")
    assert "dovecot" in machine.check_output(f"journalctl --no-pager --since=@{since}")
    assert "OR '1'" not in said
    assert "SELECT" not in said
