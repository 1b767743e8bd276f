"""An account is removed, comes back, is renamed and purged: its mail is there, to the last flag, until the purge."""

import imaplib
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import testinfra

from mailspec.cases import mailbox
from mailspec.cases.playbook import converge, eventually, folder, play, ssh_config
from mailspec.cases.site import Site, World

SITE = Site(Path(os.environ["MAILSPEC_SPEC"]), World.read(Path(os.environ["MAILSPEC_LAB"])))
POSTMASTER = SITE.spec.address(SITE.spec.postmaster)
DOMAIN = POSTMASTER.partition("@")[2]
LEAVER, RENAMED = f"zz-leaver@{DOMAIN}", f"zz-renamed@{DOMAIN}"
WORDS = {"INBOX": ("", "\\Seen", "\\Answered \\Flagged"), "Work": ("\\Seen $later",)}
"""The flags of the messages in each folder."""
STREAM = 60
"""How many messages arrive, one after the other, while an account is renamed."""
LOOKUP = "/var/lib/mailspec/lookup/lookup.db"

Picture = dict[str, tuple[bytes, list[bytes]]]


@pytest.fixture(scope="module")
def machine() -> Any:
    return testinfra.get_host(f"ssh://{SITE.name}", ssh_config=ssh_config())


@pytest.fixture(scope="module")
def spec(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str, str], Path]]:
    """Makes a spec with one more account, which has the postmaster's password; nothing is left of it afterwards."""

    def made(login: str, more: str) -> Path:
        target = Path(shutil.copytree(folder(), tmp_path_factory.mktemp("spec") / "spec"))
        (target / "accounts").mkdir(exist_ok=True)
        entry = SITE.spec.mailboxes[POSTMASTER].entry
        text = f"{login}: {{password: {{hash: !secret {entry}}}{more}}}\n"
        (target / "accounts/zz-leaver.yml").write_text(text)
        return target

    yield made
    converge()
    play("playbooks/purge.yml", "-e", f"mailspec_purge={LEAVER}", "-e", "mailspec_purge_early=true")


def session(login: str) -> Any:
    return mailbox.imap(SITE, login, SITE.password(POSTMASTER))


def fill(login: str) -> None:
    """Some messages with flags, of which one is gone again, so that no UID can be guessed."""
    with session(login) as client:
        client.create("Work")
        for name, flags in WORDS.items():
            for number, words in enumerate(("\\Deleted", *flags)):
                text = f"Subject: {name} {number}\r\n\r\nKept.\r\n".encode()
                assert client.append(name, f"({words})", "", text)[0] == "OK"
            client.select(name)
            client.expunge()


def picture(login: str) -> Picture:
    """UIDVALIDITY of each folder, with the UID, flags and subject of each message."""
    found = {}
    with session(login) as client:
        for name in WORDS:
            client.select(name, readonly=True)
            parts = client.uid("FETCH", "1:*", "(UID FLAGS BODY.PEEK[HEADER.FIELDS (SUBJECT)])")[1]
            lines = [
                re.sub(rb"^\d+ | \\Recent|\\Recent ?", b"", part[0]) + part[1]
                for part in parts
                if isinstance(part, tuple)
            ]
            found[name] = (client.response("UIDVALIDITY")[1][0], lines)
    return found


def ask(machine: Any, statement: str) -> str:
    code = f"import sqlite3; db = sqlite3.connect('{LOOKUP}')"
    code += f"; print(db.execute('''{statement} ''').fetchall()); db.commit()"
    return str(machine.check_output(f'python3 -c "{code}"'))


def deliver(machine: Any, login: str) -> str:
    """Give a message to Dovecot itself, as Postfix does when it waited in the queue; the answer."""
    code = (
        "import smtplib\n"
        "link = smtplib.LMTP('/var/spool/postfix/private/dovecot-lmtp')\n"
        f"link.sendmail('', ['{login}'], 'Subject: from the queue\\r\\n\\r\\nLate.\\r\\n')\n"
    )
    return str(machine.run(f'python3 -c "{code}"').stderr)


def stream(machine: Any, login: str) -> None:
    """Begin to send messages to a login, some each second."""
    send = f"printf 'From: root\\nTo: {login}\\nSubject: stream\n\nOne of many.\n' | sendmail -f root {login}"
    loop = f"for number in $(seq {STREAM}); do {send}; sleep 0.1; done"
    machine.check_output(f'nohup sh -c "{loop.replace("$", chr(92) + "$")}" > /dev/null 2>&1 &')


def count(machine: Any, login: str, word: str) -> int:
    return len(machine.check_output(f"doveadm search -u {login} mailbox INBOX subject {word}").splitlines())


def purge(*options: str) -> tuple[int, str]:
    done = play("playbooks/purge.yml", *options)
    return done.returncode, re.sub(r"\s+", " ", done.stdout + done.stderr)


def test_mail_of_an_account_outlives_it_until_it_is_purged(machine: Any, spec: Callable[[str, str], Path]) -> None:
    leaver = spec(LEAVER, "")
    converge(spec=leaver)
    fill(LEAVER)
    before = picture(LEAVER)
    assert [len(messages) for _, messages in before.values()] == [3, 1]

    converge()
    with pytest.raises(imaplib.IMAP4.error), session(LEAVER):
        pass
    code, said = purge("-e", f"mailspec_purge={LEAVER}")
    assert (code, f"error[too-early]: {LEAVER} was removed on" in said) == (2, True), said

    generation = machine.check_output("readlink /var/lib/mailspec/generations/current")
    refused = play("site.yml", spec=leaver)
    said = refused.stdout + refused.stderr
    assert refused.returncode == 2, said
    assert re.search(rf"zz-leaver.yml:1:1: error\[tombstone\]: `{LEAVER}` was removed on", said), said
    assert not machine.file("/var/lib/mailspec/lease.json").exists
    assert machine.check_output("readlink /var/lib/mailspec/generations/current") == generation

    converge("-e", f"mailspec_restore={LEAVER}", spec=leaver)
    assert picture(LEAVER) == before
    assert ask(machine, "SELECT * FROM tombstone") == "[]"

    converge()
    code, said = purge("--check", "-e", f"mailspec_purge={LEAVER}", "-e", "mailspec_purge_early=true")
    assert f"1 would be purged, 0 kept {LEAVER}" in said, said
    assert machine.file(f"/var/vmail/{DOMAIN}/zz-leaver/Maildir").exists
    code, said = purge("-e", f"mailspec_purge={LEAVER}", "-e", "mailspec_purge_early=true")
    assert (code, f"1 purged, 0 kept {LEAVER}" in said, "4 messages" in said) == (0, True, True), said
    assert not machine.file(f"/var/vmail/{DOMAIN}/zz-leaver").exists
    assert ask(machine, "SELECT * FROM tombstone") == "[]"


def test_a_renamed_account_takes_its_mailbox_along_and_back(machine: Any, spec: Callable[[str, str], Path]) -> None:
    converge(spec=spec(LEAVER, ""))
    fill(LEAVER)
    before = picture(LEAVER)
    own = f"INSERT INTO user_password SELECT '{LEAVER}', hash, 1 FROM account WHERE login = '{POSTMASTER}'"
    ask(machine, own)
    renamed = spec(RENAMED, f", aliases: ['{LEAVER}'], renamed_from: '{LEAVER}'")
    stream(machine, LEAVER)
    with session(LEAVER) as held:
        converge(spec=renamed)
        with pytest.raises((imaplib.IMAP4.error, OSError)):
            held.noop()
        held.shutdown()  # a session that was ended leaves its socket to us
    eventually(lambda: count(machine, RENAMED, "stream") == STREAM, "mail was lost while the account was renamed")
    assert {name: (validity, kept[: len(WORDS[name])]) for name, (validity, kept) in picture(RENAMED).items()} == before
    assert ask(machine, "SELECT login FROM user_password WHERE changed = 1") == f"[('{RENAMED}',)]"
    assert ask(machine, "SELECT * FROM tombstone") == "[]"
    assert deliver(machine, LEAVER) == ""
    assert count(machine, RENAMED, "queue") == 1
    assert "changed=0" in converge(spec=renamed)
    assert machine.run(f"ls -d /var/vmail/{DOMAIN}/zz-leaver").rc != 0

    done = play("playbooks/rollback.yml")
    assert done.returncode == 0, done.stdout + done.stderr
    with session(LEAVER) as client:
        client.select("INBOX")
        client.store("4:*", "+FLAGS", "\\Deleted")
        client.expunge()
    assert picture(LEAVER) == before
    assert ask(machine, "SELECT login FROM user_password WHERE changed = 1") == f"[('{LEAVER}',)]"
