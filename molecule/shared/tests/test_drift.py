"""Drift is named, whatever a hand does to a server; a converge loses no hand edit of a file unasked."""

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import testinfra

from mailspec.cases.playbook import PROJECT, converge, eventually, folder, play, ssh_config
from mailspec.host import Host
from mailspec.load import load

SPEC = load(folder())
HOST = Host(SPEC, min(SPEC.servers))
ACCOUNT = min(SPEC.mailboxes)
DOMAIN = ACCOUNT.partition("@")[2]
STORE = f"{HOST.store}-server.service"
MAIN = "/etc/postfix/main.cf"


@dataclass(frozen=True)
class Edit:
    """What a hand does, and how the report names it."""

    by: str
    kind: str
    where: str
    fact: str
    diff: str = ""
    undo: str = ""
    """What a converge does not undo."""


def sql(statement: str) -> str:
    """Write a row as an administrator would."""
    program = f'import sqlite3; d = sqlite3.connect("{HOST.lookup}"); d.execute("""{statement} """); d.commit()'
    return f"python3 -c '{program}'"


def foreign(path: str, text: str = "x") -> Edit:
    """A file that nobody declared."""
    by = f"mkdir -p $(dirname {path}) && echo '{text}' > {path}"
    return Edit(by, "extra", path, "neither ours nor of a package", undo=f"rm {path}")


EDITS = {
    "a line more": Edit(f"echo '# by hand' >> {MAIN}", "file", MAIN, "changed by hand", "+# by hand"),
    "a line less": Edit(
        "sed -i '/^protocols/d' /etc/dovecot/dovecot.conf",
        *("file", "/etc/dovecot/dovecot.conf", "changed by hand", "-protocols"),
    ),
    "a secret file": Edit(
        "echo >> /etc/mailspec/tls/server.key", "file", "/etc/mailspec/tls/server.key", "changed by hand"
    ),
    "a file removed": Edit(
        "rm /etc/rspamd/local.d/rbl.conf", "file", "/etc/rspamd/local.d/rbl.conf", "removed by hand"
    ),
    "a link": Edit(
        "ln -sf /dev/null /etc/postfix/command_filter.pcre",
        *("file", "/etc/postfix/command_filter.pcre", "made a link by hand", "+-> /dev/null"),
    ),
    "a mode": Edit(
        "chmod 0666 /etc/postfix/master.cf", "access", "/etc/postfix/master.cf", "mode 0666 instead of 0644"
    ),
    "an owner": Edit(
        "chown nobody /etc/unbound/unbound.conf",
        *("access", "/etc/unbound/unbound.conf", "owner nobody:root instead of root:root"),
    ),
    "a program": Edit(
        "echo pass >> /usr/local/lib/mailspec/probe.py",
        *("file", "/usr/local/lib/mailspec/probe.py", "changed by hand", "+pass"),
    ),
    "a compiled script, broken": Edit(
        "echo x > /etc/dovecot/sieve/junk.svbin",
        *("compiled", "/etc/dovecot/sieve/junk.svbin", "not what `sievec` makes from /etc/dovecot/sieve/junk.sieve"),
    ),
    "a file beside Postfix's": foreign("/etc/postfix/transport"),
    "a file beside Dovecot's": foreign("/etc/dovecot/conf.d/99-site.conf", "# nothing"),
    "a script beside Sieve's": foreign("/etc/dovecot/sieve/more.sieve", "keep;"),
    "a module of Rspamd": foreign("/etc/rspamd/local.d/site.conf", "a = 1;"),
    "an override of Rspamd": foreign("/etc/rspamd/override.d/site.conf", "a = 1;"),
    "a file of Unbound": foreign("/etc/unbound/unbound.conf.d/site.conf", "# nothing"),
    "rules in another file": foreign("/etc/nftables.d/site.nft", "# nothing"),
    "a key beside ours": foreign("/etc/mailspec/tls/other.pem"),
    "a drop-in": foreign("/etc/systemd/system/rspamd.service.d/site.conf", "[Service]\nNice=1"),
    "a file of a package": Edit(
        "echo '# by hand' >> /etc/rspamd/modules.d/rbl.conf",
        *("extra", "/etc/rspamd/modules.d/rbl.conf", "of a package, but changed by hand"),
        undo="sed -i '/^# by hand$/d' /etc/rspamd/modules.d/rbl.conf",
    ),
    "a row changed": Edit(
        sql(f'UPDATE account SET quota = 77, hash = "{{PLAIN}}x" WHERE login = "{ACCOUNT}"'),
        *("row", f"account {ACCOUNT}", f"changed by hand: quota {SPEC.mailboxes[ACCOUNT].quota} is now 77, hash"),
    ),
    "a row added": Edit(
        sql(f'INSERT INTO route VALUES ("hand@{DOMAIN}", "{ACCOUNT}")'),
        *("row", f"route hand@{DOMAIN} {ACCOUNT}", "added by hand"),
    ),
    "a row removed": Edit(
        sql(f'DELETE FROM sender WHERE address = "{ACCOUNT}"'),
        *("row", f"sender {ACCOUNT} {ACCOUNT}", "removed by hand"),
    ),
    "a unit stopped": Edit(f"systemctl stop {STORE}", "service", STORE, "not running (inactive)"),
    "a unit disabled": Edit(
        "systemctl disable dovecot.service", "service", "dovecot.service", "does not start at boot (disabled)"
    ),
    "a port opened": Edit(
        "systemd-run --unit=byhand python3 -m http.server 8080",
        *("port", "8080/tcp", "byhand.service listens at 0.0.0.0, and the spec names no such port"),
        undo="systemctl stop byhand.service",
    ),
    "a rule added": Edit(
        "nft add rule inet mailspec input tcp dport 8080 accept",
        *("firewall", "table inet mailspec", "changed by hand", "tcp dport 8080 accept"),
    ),
    "a table added": Edit(
        "nft add table inet byhand",
        *("firewall", "table inet byhand", "not ours"),
        undo="nft delete table inet byhand",
    ),
}
STOPS = sorted({edit.where for edit in EDITS.values() if edit.kind == "file"})


@pytest.fixture(scope="module")
def machine() -> Any:
    return testinfra.get_host(f"ssh://{HOST.name}", ssh_config=ssh_config())


def state(machine: Any) -> str:
    """Everything a report could have changed; `-shm` holds the marks of readers."""
    return str(
        machine.check_output(
            "{ find /etc /var/lib/mailspec ! -name '*-shm' -ls;"
            " find /etc /var/lib/mailspec ! -name '*-shm' -type f -exec sha256sum {} +;"
            " nft list ruleset; systemctl list-units --all --no-legend --type=service --plain 'postfix*' 'dovecot*'; }"
            " | sha256sum"
        )
    )


def report(tmp_path: Path, *options: str, spec: Path | None = None) -> tuple[int, str, Any]:
    """Exit code, text and JSON of the playbook."""
    file = tmp_path / "drift.json"
    done = play("playbooks/drift.yml", f"--extra-vars=mailspec_drift_json={file}", *options, spec=spec)
    return done.returncode, done.stdout + done.stderr, json.loads(file.read_text())


@pytest.fixture(scope="module")
def drifted(machine: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, str, Any]]:
    """A server after every edit, and the report about it."""
    machine.check_output(" && ".join(edit.by for edit in EDITS.values()))
    eventually(lambda: machine.socket("tcp://0.0.0.0:8080").is_listening, "port 8080 is not open")
    before = state(machine)
    found = report(tmp_path_factory.mktemp("drift"))
    assert state(machine) == before, "the report changed the server"
    yield found
    machine.check_output(" && ".join(edit.undo for edit in EDITS.values() if edit.undo))
    machine.check_output("systemctl daemon-reload")
    converge("--extra-vars=mailspec_hand_edits=replace")


def test_converged_server_has_no_drift(machine: Any, tmp_path: Path) -> None:
    converge()
    before = state(machine)
    for options in ((), ("--check",)):
        code, text, found = report(tmp_path, *options)
        assert (code, found["drift"], found["servers"][HOST.name]["items"]) == (0, False, []), text
        assert f"{HOST.name} is as generation " in text
    assert state(machine) == before


def test_spec_may_let_hand_edits_be_replaced_and_strangers_stay(machine: Any, tmp_path: Path) -> None:
    spec = Path(shutil.copytree(folder(), tmp_path / "spec"))
    with (spec / "mail.yml").open("a") as file:
        file.write("\nhand_edits: replace\ndrift: {ignore: [/etc/postfix/transp*]}\n")
    machine.check_output(f"echo '# by hand' >> {MAIN}; echo x > /etc/postfix/transport")
    converge(spec=spec)
    code, text, _ = report(tmp_path, spec=spec)
    assert code == 0, text
    machine.check_output("rm /etc/postfix/transport")


def test_edit_that_the_spec_takes_over_is_nobodys_edit(machine: Any, tmp_path: Path) -> None:
    templates = Path(shutil.copytree(PROJECT / "templates", tmp_path / "templates"))
    template = templates / "common/etc/postfix/main.cf.j2"
    template.write_text(template.read_text() + "# by hand\n")
    machine.check_output(f"echo '# by hand' >> {MAIN}")
    said = converge(f"--extra-vars=mailspec_templates={templates}")
    assert "changed=0" not in said
    assert report(tmp_path)[0] == 0
    converge()
    assert machine.run(f"grep 'by hand' {MAIN}").rc == 1


@pytest.mark.parametrize("name", EDITS)
def test_hand_edit_is_named(name: str, drifted: tuple[int, str, Any]) -> None:
    edit, (_, text, found) = EDITS[name], drifted
    items = [item for item in found["servers"][HOST.name]["items"] if item["where"] == edit.where]
    assert (edit.kind, edit.fact) in {(item["kind"], item["fact"]) for item in items}, items
    assert edit.diff in "".join(item["diff"] for item in items)
    assert f"{edit.kind} {edit.where}: {edit.fact}" in text


def test_nothing_else_is_named_and_drift_has_an_exit_code(drifted: tuple[int, str, Any]) -> None:
    code, text, found = drifted
    named = {(item["kind"], item["where"]) for item in found["servers"][HOST.name]["items"]}
    assert named == {(edit.kind, edit.where) for edit in EDITS.values()}
    assert (code, found["format"], found["drift"]) == (2, 1, True)
    assert f"{len(found['servers'][HOST.name]['items'])} differences" in text


def test_report_shows_no_secret(drifted: tuple[int, str, Any]) -> None:
    _, text, found = drifted
    for shown in (text, json.dumps(found)):
        assert "{PLAIN}" not in shown
        assert "PRIVATE KEY" not in shown


def test_converge_stops_before_it_loses_an_edit(drifted: tuple[int, str, Any], machine: Any) -> None:
    before = state(machine)
    for options in ((), ("--check", "--diff")):
        done = play("site.yml", *options)
        assert done.returncode == 2
        for path in STOPS:
            assert f"{HOST.name}:{path}: error[hand-edit]: " in done.stdout + done.stderr
        assert "\n+# by hand\n" in done.stdout + done.stderr
        assert "-e mailspec_hand_edits=replace" in done.stdout + done.stderr
    assert state(machine) == before
    assert drifted


def test_converge_puts_right_what_it_may_and_says_so(
    drifted: tuple[int, str, Any], machine: Any, tmp_path: Path
) -> None:
    said = re.sub(r"\s+", " ", converge("--extra-vars=mailspec_hand_edits=replace"))
    kept = "/var/lib/mailspec/generations/current/replaced"
    assert f"{MAIN}: changed by hand, put right, with a copy in {kept}" in said
    assert machine.check_output(f"tail -1 {kept}{MAIN}") == "# by hand"
    assert f"row of account for {ACCOUNT}: written by hand, put right" in said
    assert "/etc/postfix/master.cf: mode changed by hand, put right" in said
    _, text, found = report(tmp_path)
    left = {item["where"] for item in found["servers"][HOST.name]["items"]}
    assert left == {edit.where for edit in EDITS.values() if edit.undo}, text
    assert drifted
