"""Mailing lists in bad times: what mlmmj could not do it does later, and whoever no longer takes mail is taken off."""

import os
import uuid
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import testinfra

from mailspec.cases import mailbox
from mailspec.cases.act import act
from mailspec.cases.case import Kept, Mail
from mailspec.cases.outside import STRANGER
from mailspec.cases.playbook import environment, eventually, folder, ssh_config
from mailspec.cases.site import Site, World
from mailspec.mailing import moderators
from mailspec.model.lists import Moderation
from mailspec.server.mailboxes import LISTS

SITE = Site(folder(), World.read(Path(environment()["MAILSPEC_LAB"])))
SPEC, ROUTES = SITE.book.spec, SITE.book.routes
SERVER = SITE.name
JOINED = sorted(address for address, entry in SPEC.mailing_lists.items() if entry.is_joined)
HELD = sorted(a for a, e in SPEC.mailing_lists.items() if e.is_mailing and e.moderation is Moderation.STRANGERS)
DIGESTS = [address for address in JOINED if SPEC.mailing_lists[address].digest]
pytestmark = pytest.mark.skipif(not JOINED, reason="nobody joins a list of this spec")

PROGRAM = "/usr/bin/python3 -I /usr/local/lib/mailspec/mlmmj.py"
DONE, LATER = 0, os.EX_TEMPFAIL


@pytest.fixture(scope="module")
def machine() -> Any:
    return testinfra.get_host(f"ssh://{SERVER}", ssh_config=ssh_config())


def command(machine: Any, address: str, words: str, before: str = "") -> int:
    """How the program ends that Postfix hands a command to; `before` is a command of the shell."""
    local, _, domain = address.partition("@")
    text = f"From: {STRANGER}\\nTo: {local}+{words}@{domain}\\nSubject: Please\\n\\nPlease.\\n"
    run = f"{before} printf '{text}' | {PROGRAM} receive {STRANGER} {local} {domain} {words}"
    return int(machine.run(f'runuser -u mlmmj -- bash -c "{run}"').rc)


def waiting(machine: Any, address: str) -> set[str]:
    """The requests that wait for a word of whoever asks."""
    local, _, domain = address.partition("@")
    return set(machine.run(f"ls {LISTS}/{domain}/{local}/subconf").stdout.split())


def members(machine: Any, address: str) -> set[str]:
    local, _, domain = address.partition("@")
    return set(machine.run(f"cat {LISTS}/{domain}/{local}/subscribers.d/*").stdout.split())


def test_command_that_mlmmj_could_not_follow_is_tried_again(machine: Any) -> None:
    address = JOINED[0]
    before = waiting(machine, address)
    assert command(machine, address, "subscribe", "ulimit -f 0;") == LATER
    assert waiting(machine, address) == before
    assert command(machine, address, "subscribe") == DONE
    assert len(waiting(machine, address) - before) == 1


@pytest.mark.parametrize("words", ["unsubscribe", "confsub-0123456789abcdef", "release-0123456789abcdef", "get-9999"])
def test_command_that_mlmmj_may_not_follow_is_done_with(machine: Any, words: str) -> None:
    assert command(machine, JOINED[0], words) == DONE


def test_member_whose_mail_comes_back_for_too_long_is_taken_off(machine: Any) -> None:
    address, dead = JOINED[0], "dead@friend.example"
    (local, _, domain), days = address.partition("@"), SPEC.mailing_lists[address].bounces // 86400
    here = f"{LISTS}/{domain}/{local}"
    assert machine.run(f"runuser -u mlmmj -- /usr/bin/mlmmj-sub -L {here} -a {dead} -f -q -s").rc == 0
    assert dead in members(machine, address)
    assert command(machine, address, "bounces-1-dead=friend.example") == DONE
    bounce = f"{here}/bounce/dead=friend.example"
    assert machine.file(bounce).exists
    machine.run(f"runuser -u mlmmj -- {PROGRAM} maintain")  # asks the member by a probe
    assert command(machine, address, "bounces-probe-dead=friend.example") == DONE
    assert dead in members(machine, address), "what came back so far is no reason yet"
    machine.run(f"sed -i -E 's/:[0-9]+/:'$(date -d '{days + 3} days ago' +%s)'/' {bounce}")
    assert machine.run(f"runuser -u mlmmj -- {PROGRAM} maintain").rc == 0
    assert dead not in members(machine, address)


def mail(to: str, token: str, login: str = "") -> None:
    """Send a message, by a login or as a stranger."""
    sender, port = (login, 465) if login else (STRANGER, 25)
    case = Mail(id="mailing", sentence="", to=(to,), expect=Kept(), login=login, sender=sender, port=port)
    sent = act(case, SITE, token)
    assert sent.replies[-1].code == 250, sent.replies[-1]


@pytest.mark.skipif(not HELD, reason="no list of this spec holds posts of strangers")
def test_post_that_waits_reaches_members_once_a_moderator_lets_it(machine: Any) -> None:
    address, token = HELD[0], uuid.uuid4().hex
    local, _, domain = address.partition("@")
    waits = f"{LISTS}/{domain}/{local}/moderation"
    member = next(login for login in SITE.book.users if login in SITE.book.reach(address))
    moderator = next(
        login for login in SITE.book.users if login in moderators(SPEC, ROUTES, SPEC.mailing_lists[address])
    )

    def there() -> bool:
        with mailbox.imap(SITE, member) as client:
            return bool(mailbox.found(client, "INBOX", token))

    mail(address, token)
    eventually(lambda: machine.run(f"grep -rl {token} {waits}").stdout, "the post does not wait")
    cookie = machine.run(f"grep -rl {token} {waits}").stdout.strip().rpartition("/")[2]
    assert not there()
    mail(f"{local}+release-{cookie}@{domain}", uuid.uuid4().hex, moderator)
    eventually(there, "the post does not arrive")
    assert machine.run(f"grep -rl {token} {waits}").stdout == ""


@pytest.mark.skipif(not DIGESTS, reason="no list of this spec has a digest")
def test_member_who_wants_it_gets_the_posts_of_a_day_in_one_message(machine: Any) -> None:
    address, tokens = DIGESTS[0], [uuid.uuid4().hex for _ in range(2)]
    local, _, domain = address.partition("@")
    here, users = f"{LISTS}/{domain}/{local}", SITE.book.users
    reader = next(login for login in users if login not in SITE.book.reach(address))
    poster = next(login for login in users if login in SITE.book.reach(address))

    def latest() -> list[bytes]:
        with mailbox.imap(SITE, reader) as client:
            count = int(client.select("INBOX", readonly=True)[1][0] or 0)
            parts = client.fetch(f"{max(1, count - 20)}:*", "(BODY.PEEK[])")[1] if count else []
            return [part[1] for part in parts if isinstance(part, tuple)]

    def archived(token: str) -> bool:
        return bool(machine.run(f"grep -rl {token} {here}/archive").rc == 0)

    def copies(*wanted: str) -> int:
        return sum(all(token.encode() in text for token in wanted) for text in latest())

    member = f"runuser -u mlmmj -- /usr/bin/mlmmj-{{}} -L {here} -a {reader} -d -q -s"
    assert machine.run(member.format("sub -f")).rc == 0
    try:
        for token in tokens:
            mail(address, token, poster)
        for token in tokens:
            eventually(partial(archived, token), "the post is not in the archive")
        assert not any(map(copies, tokens))
        machine.run(f"sed -i -E 's/:[0-9]+/:'$(date -d '2 days ago' +%s)'/' {here}/lastdigest")
        assert machine.run(f"runuser -u mlmmj -- {PROGRAM} maintain").rc == 0
        eventually(lambda: copies(*tokens) == 1, "the digest does not arrive")
        assert [copies(token) for token in tokens] == [1, 1]
    finally:
        machine.run(member.format("unsub"))
