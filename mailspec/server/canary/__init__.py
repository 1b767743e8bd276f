"""A canary: throw-away daemons, configured as the server will be, prove with real mail that they work.

They run in namespaces of their own (mounts, processes, network, host name), on copies and empty directories. Nothing
they do reaches the live daemons, their data, the journal or a network, and they are gone when the proof is over.
"""

import grp
import os
import pwd
import resource
import shutil
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from .. import findings, hyperscan, room
from ..command import run
from ..services import refused
from . import firewall, ground, mailbox, records, stranger, submission, web
from .listener import Listener
from .network import Network
from .sockets import opened
from .trial import GRACE, PATIENCE, ProofError, Trial, UnreadyError, WaitError, sock_path
from .units import Unit, UnitError

EARLY = ("nftables", "base", "unbound", "store")
"""Services the others talk to when they start."""
_PROGRAMS = ("doveadm", "ip", "nft", "postfix", "rspamd", "unbound")
_KINDS = room.NEWNS | room.NEWUTS | room.NEWIPC | room.NEWPID | room.NEWNET


def prove(etc: Path, staged: Path, order: dict[str, Any]) -> dict[str, list[Any]]:
    """What speaks against a server as it will be, and why nothing could be said if nothing could.

    `etc` is /etc as it will be, `staged` holds the other staged files below their paths. `order` has `services` (what
    their roles say, each with its `files`), `removed` (paths) and `facts` (what `mailspec.canary` knows of the spec).
    """
    skipped = _lacking(etc, order["services"])
    if skipped:
        return {"findings": [], "skipped": [f"no canary: {reason}" for reason in skipped]}
    shelf = staged.parent / hyperscan.SHELF
    shelf.mkdir(mode=0o700, exist_ok=True)
    descriptor = os.open(shelf, os.O_DIRECTORY)
    try:
        said = room.inside(lambda: _run(etc, staged, order, descriptor), _KINDS, PATIENCE + 30)
    except (room.RoomError, OSError) as error:
        said = [["", f"the canary could not live: {error}"]]
    finally:
        os.close(descriptor)
    services = {service["service"]: service["files"] for service in order["services"]}
    return {"findings": findings.placed(said, etc, services), "skipped": []}


def _lacking(etc: Path, services: list[dict[str, Any]]) -> list[str]:
    """What a canary needs and the server does not have yet."""
    path = "/usr/sbin:/usr/bin:/sbin:/bin"
    programs = [*_PROGRAMS, *(["nginx"] if any(one["service"] == "web" and one["units"] for one in services) else [])]
    found = [f"`{name}` is not installed yet" for name in programs if not shutil.which(name, path=path)]
    if not (etc / "mailspec").is_dir():
        found.append("nothing of mailspec is staged yet")
    for name, known in (("vmail", pwd.getpwnam), ("mailspec", grp.getgrnam)):
        try:
            known(name)
        except KeyError:
            found.append(f"`{name}` is no user or group yet")
    return found


def _run(etc: Path, staged: Path, order: dict[str, Any], shelf: int) -> list[list[str]]:
    """In the room: lay the ground, start everything, prove; returns pairs of a service and what is wrong with it.

    `shelf` is an open directory outside, for the patterns that Rspamd compiles on the way.
    """
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 65535), hard))  # as most units say
    facts, services = order["facts"], {service["service"]: service for service in order["services"]}
    known = {file.name for file in hyperscan.compiled()}
    said = [["base", line] for line in ground.lay(etc, staged, order["removed"])]
    listener = Listener({name: service["harmless"] for name, service in services.items()})
    network = Network(facts["addresses"], list(dict.fromkeys(facts["strangers"] + facts["ssh"]["admins"])))
    word, hashed = records.password()
    app = records.password()
    records.fill(facts, hashed, app)
    for path, changed in (
        ("/etc/unbound/unbound.conf", lambda text: records.names(text, facts["records"])),
        ("/etc/postfix/main.cf", ground.direct),
        ("/etc/postfix/master.cf", ground.hurry),
    ):
        ground.change(path, changed(Path(path).read_text(encoding="utf-8")))
    trial = Trial(facts, word, listener, network)
    trial.app_password = app[0]
    units = [opened(name, service["service"], listener) for service in services.values() for name in service["units"]]
    trial.ready = {name: threading.Event() for name in services}
    doors = firewall.doors(trial)
    for name in EARLY:
        _start(trial, services[name], units)
        if name == "nftables" and not trial.findings:
            _try(trial, "loopback", firewall.loopback)
    threads = [
        threading.Thread(target=_start, args=(trial, service, units), daemon=True)
        for name, service in services.items()
        if name not in EARLY
    ]
    for thread in threads:
        thread.start()
    threads += _proofs(trial, list(services.values()))
    _finish(trial, threads)
    if not trial.findings and not trial.doubts:
        _try(trial, "ports", firewall.ports)
        listener.settle(0.15, 2)
    heard = listener.trouble()
    if not (heard or trial.findings or trial.doubts) and "25" in facts["ports"]:
        next(unit for unit in units if unit.service == "rspamd").kill()
        _finish(trial, [trial.prove("mail while the filter is down", "postfix", stranger.without_filter)])
    for door in doors:
        door.close()
    hyperscan.put_by(known, shelf)
    said += [[line.service, line.text] for line in heard]
    wrong = trial.findings or ([] if said else trial.doubts or trial.unready)
    return said + [[service, text if said else f"{text}{_words(listener, service)}"] for service, text in wrong]


def _start(trial: Trial, service: dict[str, Any], units: list[Unit]) -> None:
    """Start the units of a service, and wait until it answers wherever it promises to."""
    name = service["service"]
    own = [unit for unit in units if unit.service == name]
    trial.starting.add(name)
    try:
        for unit in own:
            unit.start()
        trial.starting.discard(name)
        if name == "postfix":  # whoever connects makes it connect to the filter
            trial.need("rspamd")
        for place in service["listen"]:
            trial.wait(partial(_answers, str(place), own), f"it does not answer at {place}")
        trial.ready[name].set()
    except UnreadyError as error:
        trial.unready.append((name, f"{name} does not start: {error}"))
    except WaitError as error:
        trial.doubts.append((name, f"{name} does not start: {error}"))
    except Exception as error:
        trial.findings.append((name, f"{name} does not start: {error}"))


def _answers(place: str, units: list[Unit]) -> bool:
    for unit in units:
        if ended := unit.ended():
            raise UnitError(ended)
    return not refused(place)


def _proofs(trial: Trial, services: list[dict[str, Any]]) -> list[threading.Thread]:
    """Everything that has to hold for the ports this server has."""
    mail = ("unbound", "store", "rspamd", "dovecot", "postfix")
    lmtp = sock_path(services, "lmtp")
    proofs: list[tuple[str, str, str, Callable[[Trial], None], tuple[str, ...]]] = [
        ("465", "sending by port 465", "postfix", submission.submissions, mail),
        ("465", "mail to the outside", "postfix", submission.sink, ()),
        ("587", "sending by port 587", "postfix", submission.submission, mail),
        ("25", "a stranger at port 25", "postfix", stranger.stranger, ("postfix", "dovecot")),
        ("443", "a page of the web service", "web", web.page, ("web",)),
        ("993", "reading by IMAP", "dovecot", mailbox.imap, mail),
        ("993", "a wrong password", "dovecot", mailbox.wrong_password, ("dovecot",)),
        ("993", "an app password", "dovecot", mailbox.app_password, ("dovecot",)),
        ("995", "a login by POP3", "dovecot", mailbox.pop3, ("dovecot",)),
        ("4190", "a login by ManageSieve", "dovecot", mailbox.managesieve, ("dovecot",)),
        ("", "ports that are closed", "nftables", firewall.closed, ("nftables",)),
        ("", "ports that are open", "nftables", firewall.opened, tuple(trial.ready)),
    ]
    if lmtp:
        proofs.append(("993", "a marked message", "dovecot", lambda t: mailbox.junk(t, lmtp), ("dovecot", "postfix")))
    if len(trial.families()) == 2:
        proofs.append(("25", "a stranger at port 25 by IPv6", "postfix", stranger.stranger_ipv6, ("postfix",)))
    probes = [
        trial.prove("the probe", service["service"], partial(_probe, service), *mail, outside=False)
        for service in services
        if service["probe"]
    ]
    return probes + [
        trial.prove(title, service, work, *needs)
        for port, title, service, work, needs in proofs
        if not port or port in trial.facts["ports"]
    ]


def _probe(service: dict[str, Any], _: Trial) -> None:
    for argv in service["probe"]:
        code, text = run(argv)
        if code:
            last = (text.splitlines() or [""])[-1]
            raise ProofError(service["service"], f"`{' '.join(argv)}` ended with {code}: {last}")


def _finish(trial: Trial, threads: list[threading.Thread]) -> None:
    """Wait for everybody, as long as it is of use."""
    while (alive := [thread for thread in threads if thread.is_alive()]) and not trial.is_over():
        alive[0].join(0.05)
        trial.watch()
    deadline = time.monotonic() + GRACE
    for thread in alive:  # whoever waits is about to say for what
        thread.join(max(0.0, deadline - time.monotonic()))
    if alive and not trial.doubts:
        trial.doubts.append(("", "a proof does not come to an end"))


def _try(trial: Trial, title: str, work: Callable[[Trial], None]) -> None:
    try:
        work(trial)
    except ProofError as error:
        trial.findings.append((error.service, f"{title}: {error}"))


def _words(listener: Listener, service: str) -> str:
    words = listener.words(service)
    return f"; it says: {words}" if words else ""
