"""A right to a shared mailbox is a row: who gets it needs no reload, and who loses it is logged out at once."""

import imaplib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import testinfra

from mailspec.cases import mailbox
from mailspec.cases.playbook import converge, environment, eventually, folder, play, ssh_config
from mailspec.cases.site import Site, World
from mailspec.cases.variant import variant
from mailspec.shared import folder as shown
from mailspec.shared import opened

SITE = Site(folder(), World.read(Path(environment()["MAILSPEC_LAB"])))
POSTMASTER = SITE.spec.address(SITE.spec.postmaster)
NEW = f"zz-new@{POSTMASTER.partition('@')[2]}"
FOUND = sorted((box, login) for box, login, *_ in opened(SITE.book.spec, SITE.book.routes) if login != POSTMASTER)
pytestmark = pytest.mark.skipif(not FOUND, reason="nobody but the postmaster opens a shared mailbox")


@pytest.fixture(scope="module")
def machine() -> Any:
    return testinfra.get_host(f"ssh://{SITE.name}", ssh_config=ssh_config())


@pytest.fixture(autouse=True)
def real_spec() -> Iterator[None]:
    yield
    converge()
    play("playbooks/purge.yml", "-e", f"mailspec_purge={NEW}", "-e", "mailspec_purge_early=true")


def processes(machine: Any) -> str:
    """The main process of Dovecot, and when it last read its configuration."""
    return str(machine.run("systemctl show --property=MainPID,ExecReload dovecot").stdout)


def sees(login: str, box: str) -> bool:
    """Whether a login finds a mailbox and opens it."""
    with mailbox.imap(SITE, login) as client:
        listed = shown(box) in mailbox.folders(client)
        return listed and client.select(f'"{shown(box)}"', readonly=True)[0] == "OK"


def test_a_right_is_taken_at_once_and_reloads_nothing(machine: Any, tmp_path: Path) -> None:
    box, login = FOUND[0]
    key = next(name for name in SITE.spec.accounts if SITE.spec.address(name) == box)
    path = ("accounts", key, "shared")
    less = variant(folder(), tmp_path / "less", {path: {"manage": [POSTMASTER]}})
    before = processes(machine)
    with mailbox.imap(SITE, login) as session:
        assert session.select(f'"{shown(box)}"', readonly=True)[0] == "OK"
        converge(spec=less)
        with pytest.raises(imaplib.IMAP4.abort):
            eventually(lambda: session.noop() is None, "the session goes on")
    assert not sees(login, box)
    assert sees(POSTMASTER, box)
    converge()
    assert sees(login, box)
    assert processes(machine) == before


def test_a_new_mailbox_opens_before_its_first_message(tmp_path: Path) -> None:
    _, login = FOUND[0]
    more = variant(folder(), tmp_path / "more", {("accounts", NEW): {"shared": {"write": [login]}}})
    converge(spec=more)
    assert sees(login, NEW)
    assert not sees(POSTMASTER, NEW)
