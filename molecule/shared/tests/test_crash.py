"""A service whose main process dies, as when memory is short, is back at once, whoever holds a session meanwhile."""

import imaplib
import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import testinfra

from mailspec.cases import mailbox
from mailspec.cases.case import Origin
from mailspec.cases.outside import STRANGER
from mailspec.cases.playbook import eventually
from mailspec.cases.site import Site, World
from mailspec.cases.smtp import RefusedError, Session

SITE = Site(Path(os.environ["MAILSPEC_SPEC"]), World.read(Path(os.environ["MAILSPEC_LAB"])))
USER = next(iter(SITE.book.users))
HOST = SITE.book.host
SERVICES = [
    "dovecot",
    "postfix" if HOST.os == "debian-13" else "postfix@-",
    "rspamd",
    "unbound",
    f"{HOST.store}-server",
]
HELD = 6
"""More than Rspamd has workers, so that each has something to wait for."""
PATIENCE = 30
"""Seconds; half of what a worker of Rspamd would wait for those who hold it."""


@pytest.fixture
def machine() -> Any:
    return testinfra.get_host(f"ssh://{SITE.name}", ssh_config=str(SITE.world.ssh_config))


@pytest.fixture
def held() -> Iterator[None]:
    """Sessions of both kinds that nobody ends."""
    with ExitStack() as open_:
        for _ in range(HELD):
            session = open_.enter_context(Session(SITE, 25, Origin.WORLD))
            session.greet()
            session.command("MAIL", f"FROM:<{STRANGER}>", 250)
            open_.enter_context(mailbox.imap(SITE, USER))
        yield


def works() -> bool:
    """Whether mail is taken from outside, and a mailbox opens."""
    try:
        with Session(SITE, 25, Origin.WORLD) as session, mailbox.imap(SITE, USER) as client:
            session.greet()
            session.command("MAIL", f"FROM:<{STRANGER}>", 250)
            session.command("RCPT", f"TO:<{USER}>", 250)
            return bool(client.select("INBOX")[0] == "OK")
    except (RefusedError, imaplib.IMAP4.error, OSError):
        return False


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.usefixtures("held")
def test_a_service_whose_main_process_is_killed_serves_again(machine: Any, service: str) -> None:
    before = machine.check_output(f"systemctl show --property=MainPID --value {service}")
    assert works()
    machine.check_output(f"kill -KILL {before}")
    eventually(lambda: not machine.file(f"/proc/{before}").exists, "it is not dead")
    eventually(works, f"no mail comes in without {service}", PATIENCE)
    assert machine.check_output(f"systemctl is-active {service}") == "active"
