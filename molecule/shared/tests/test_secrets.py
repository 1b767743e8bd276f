"""No secret is shown or left lying about: on the screen, in arguments, in the environment, in files, in the journal."""

import base64
import re
import shlex
import shutil
import subprocess
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import testinfra

from mailspec.cases.playbook import converge, environment, folder, play, ssh_config
from mailspec.keys import certificate, dkim_pair
from mailspec.load import load
from mailspec.model.password import Owner
from mailspec.password import hash_password
from mailspec.secrets import CA_KEY
from mailspec.vault import PASSWORD_FILE, Vault

SPEC = load(folder())
SERVER = min(SPEC.servers)
ACCOUNT = min(login for login, account in SPEC.mailboxes.items() if account.entry)
OWNERS = sorted(login for login, a in SPEC.mailboxes.items() if a.password and a.password.owner is Owner.USER)
LOUD = ("-vvvv", "--diff")
# What every process says about itself, and which of our working directories others could enter, until its input ends.
SAMPLER = """
import glob, os, sys, threading, time
seen, entered, done = set(), set(), threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), done.set()), daemon=True).start()
while not done.is_set():
    for process in os.listdir('/proc'):
        for name in ('cmdline', 'environ') if process.isdigit() else ():
            try:
                with open(f'/proc/{process}/{name}', 'rb') as file:
                    seen.add(file.read())
            except OSError:
                pass
    for pattern in ('/run/mailspec-*', '/root/.ansible/tmp/*'):
        for path in glob.glob(pattern):
            try:
                if os.stat(path).st_mode & 0o077:
                    entered.add(path)
            except OSError:
                pass
    time.sleep(0.02)
sys.stdout.buffer.write(b'\\n'.join([*seen, *(b'op' + b'en: ' + path.encode() for path in sorted(entered))]))
"""
# Makes one of our modules fail in its middle, where its variables hold secrets.
BOOM = """
import os, sqlite3, sys
def breaking(original):
    def broken(*arguments, **named):
        frame = sys._getframe()
        while frame:
            if frame.f_code.co_filename.endswith('server/{module}.py') and frame.f_code.co_name != '<module>':
                raise RuntimeError('boom')
            frame = frame.f_back
        return original(*arguments, **named)
    return broken
for module, name in ((os, 'fchown'), (os, 'fsync'), (os, 'unlink'), (sqlite3, 'connect')):
    setattr(module, name, breaking(getattr(module, name)))
"""
PYTHON = '#!/bin/sh\nPYTHONDONTWRITEBYTECODE=1 PYTHONPATH=/run/boom exec /usr/bin/python3 "$@"\n'


@pytest.fixture(scope="module")
def machine() -> Any:
    return testinfra.get_host(f"ssh://{SERVER}", ssh_config=ssh_config())


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The spec with another secret of each kind; the server goes back to the real ones afterwards."""
    spec = Path(shutil.copytree(folder(), tmp_path_factory.mktemp("secrets") / "spec"))
    vault = Vault.open(spec)
    chain, key = certificate(SERVER, (spec / "tls/ca.pem").read_text(), vault.get(CA_KEY))
    (spec / f"tls/{SERVER}.pem").write_text(chain)
    vault.set(f"tls/{SERVER}", key)
    vault.set(SPEC.mailboxes[ACCOUNT].entry, hash_password("another"))
    texts = [spec / "mail.yml", *spec.glob("dkim/*.yml")]
    for keys in SPEC.dkim.values():
        for old in keys.values():
            public, private = dkim_pair(old.algorithm)
            vault.set(old.private.name, private)
            for text in texts:
                text.write_text(text.read_text().replace(old.public, public))
    vault.save()
    yield spec
    converge()


@pytest.fixture(scope="module")
def markers(changed: Path) -> list[str]:
    """What must never be seen: every line of every secret, old and new."""
    found = set()
    for spec in (folder(), changed):
        found.add((spec / PASSWORD_FILE).read_text().strip())
        vault = Vault.open(spec)
        for name in vault.names():
            found |= {line for line in vault.get(name).splitlines() if len(line) > 20 and not line.startswith("---")}
    assert len(found) > 20
    return sorted(found)


def revealed(text: str) -> str:
    """The text with everything unpacked that travels packed."""
    found, todo = [text], [text]
    while todo:
        for token in re.findall(r"[A-Za-z0-9+/]{80,}={0,2}", todo.pop()):
            try:
                raw = base64.b64decode(token, validate=True)
                raw = zlib.decompress(raw)
            except (ValueError, zlib.error):
                continue
            inner = raw.decode(errors="replace")
            found.append(inner)
            todo.append(inner)
    for packed in list(found[1:]):
        found += [
            base64.b64decode(part).decode(errors="replace") for part in re.findall(r'"content": "([^"]*)"', packed)
        ]
    return "\n".join(found)


def shown(text: str, markers: list[str]) -> list[str]:
    """The secrets in a text, cut short."""
    everything = revealed(text)
    return [f"{marker[:6]}..." for marker in markers if marker in everything]


@contextmanager
def sampled() -> Iterator[list[str]]:
    """Watch the processes of the controller and of the server; what they said is there at the end."""
    remote = ["ssh", "-F", ssh_config(), SERVER, f"python3 -c {shlex.quote(SAMPLER)}"]
    watchers = [
        subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for argv in ([sys.executable, "-c", SAMPLER], remote)
    ]
    said: list[str] = []
    yield said
    for watcher in watchers:
        output = watcher.communicate()[0].decode(errors="replace")
        assert watcher.returncode == 0
        said.append(output)


def private_environment(home: Path, **more: str) -> dict[str, str]:
    """A run whose caches and temporary files all lie in one folder."""
    (home / "tmp").mkdir(parents=True, exist_ok=True)
    return environment(HOME=str(home), TMPDIR=str(home / "tmp"), **more)


def left_behind(home: Path) -> str:
    """Everything a run left on the controller."""
    files = (path for path in home.rglob("*") if path.is_file())
    return "\n".join(path.read_bytes().decode(errors="replace") for path in files)


def readable_by_others(machine: Any, since: str) -> str:
    """The content of every file on the server that anybody may read and that is newer than a moment."""
    find = f"find / -xdev -type f -newermt @{since} -size -2M -readable -print0"
    drop = "setpriv --reuid=nobody --regid=nogroup --clear-groups"
    return str(machine.run(f"{drop} {find} 2>/dev/null | {drop} xargs -0 -r cat").stdout)


def test_run_with_changes_shows_and_leaves_no_secret(
    changed: Path, markers: list[str], machine: Any, tmp_path: Path
) -> None:
    since = machine.check_output("date +%s")
    with sampled() as said:
        done = play("site.yml", *LOUD, spec=changed, env=private_environment(tmp_path))
    assert done.returncode == 0, done.stdout[-3000:]
    assert "/etc/mailspec/tls/server.key (content): holds secrets, content not shown" in done.stdout
    assert "<secret>" in done.stdout
    assert shown(done.stdout + done.stderr, markers) == []
    assert len(said) == 2
    assert min(len(text) for text in said) > 1000
    assert [shown(text, markers) for text in said] == [[], []]
    assert re.findall("^open: .*", said[1], re.MULTILINE) == []
    assert shown(left_behind(tmp_path), markers) == []
    assert shown(readable_by_others(machine, since), markers) == []
    assert shown(machine.check_output(f"journalctl --no-pager --output=export --since=@{since}"), markers) == []


@pytest.mark.skipif(not OWNERS, reason="nobody of the spec owns a password")
def test_password_set_on_the_server_is_not_shown(machine: Any, tmp_path: Path) -> None:
    table, since = tmp_path / "passwords", machine.check_output("date +%s")
    hashed = hash_password("correct horse battery")
    table.touch(0o600)
    table.write_text(f"{OWNERS[0]} {hashed}\n")
    with sampled() as said:
        options = (*LOUD, f"--extra-vars=mailspec_passwords={table}", "--check")
        done = play("playbooks/passwd.yml", *options, env=private_environment(tmp_path / "home"))
    assert done.returncode == 0, done.stdout[-3000:]
    assert "changed=1" in done.stdout
    text = [done.stdout + done.stderr, *said, left_behind(tmp_path / "home"), readable_by_others(machine, since)]
    text.append(machine.check_output(f"journalctl --no-pager --output=export --since=@{since}"))
    assert [shown(part, [hashed, hashed[60:]]) for part in text] == [[]] * 6


def test_generations_are_closed_to_others(machine: Any, changed: Path) -> None:
    assert changed
    drop = "setpriv --reuid=nobody --regid=nogroup --clear-groups"
    assert machine.run(f"{drop} ls /var/lib/mailspec/generations").rc != 0
    assert machine.run(f"{drop} find /var/lib/mailspec -type f -readable 2>/dev/null").stdout == ""


@pytest.mark.parametrize("module", ["compare", "stage", "switch"])
def test_failing_task_shows_and_leaves_no_secret(module: str, markers: list[str], machine: Any, tmp_path: Path) -> None:
    """Back to the real secrets, which fails in the middle of a module."""
    since = machine.check_output("date +%s")
    files = {"sitecustomize.py": BOOM.replace("{module}", module), "python3": PYTHON}
    for name, text in files.items():
        coded = base64.b64encode(text.encode()).decode()
        machine.check_output(
            f"mkdir -p /run/boom && echo {coded} | base64 -d > /run/boom/{name} && chmod 755 /run/boom/{name}"
        )
    done = play(
        "site.yml",
        *LOUD,
        "--extra-vars=ansible_python_interpreter=/run/boom/python3",
        env=private_environment(tmp_path),
    )
    assert done.returncode == 2
    assert "boom" in done.stdout + done.stderr
    assert shown(done.stdout + done.stderr, markers) == []
    assert shown(left_behind(tmp_path), markers) == []
    assert shown(readable_by_others(machine, since), markers) == []
    assert shown(machine.check_output(f"journalctl --no-pager --output=export --since=@{since}"), markers) == []


@pytest.mark.parametrize("kind", ["hash", "DKIM key", "TLS key"])
def test_secret_that_does_not_fit_is_not_shown(kind: str, tmp_path: Path) -> None:
    spec = Path(shutil.copytree(folder(), tmp_path / "spec"))
    vault = Vault.open(spec)
    domain, keys = next(iter(SPEC.dkim.items()))
    name = {
        "hash": SPEC.mailboxes[ACCOUNT].entry,
        "DKIM key": f"dkim/{domain}/{min(keys)}",
        "TLS key": f"tls/{SERVER}",
    }[kind]
    vault.set(name, "hunter2-hunter2-hunter2")
    vault.save()
    done = play("site.yml", *LOUD, spec=spec)
    assert done.returncode == 2
    assert name in done.stdout + done.stderr
    assert "hunter2" not in done.stdout + done.stderr


@pytest.mark.parametrize("password", ["", "wrong", None], ids=["empty", "wrong", "missing"])
def test_vault_that_does_not_open_ends_the_run_before_the_server_is_asked(
    password: str | None, machine: Any, tmp_path: Path
) -> None:
    spec = Path(shutil.copytree(folder(), tmp_path / "spec"))
    (spec / PASSWORD_FILE).unlink()
    if password is not None:
        (spec / PASSWORD_FILE).write_text(password)
    before = machine.check_output("readlink /var/lib/mailspec/generations/current; stat -c %z /var/lib/mailspec")
    done = play("site.yml", "-vvv", spec=spec)
    assert done.returncode == 2
    word = "wrong-vault-password" if password else "no-vault-password"
    assert re.search(rf"(vault\.yml|\.vault-password): error\[{word}\]: .+\n\nhint: .+", done.stdout + done.stderr)
    assert "ESTABLISH SSH CONNECTION" not in done.stdout
    after = machine.check_output("readlink /var/lib/mailspec/generations/current; stat -c %z /var/lib/mailspec")
    assert before == after


def test_modules_kept_on_the_server_are_not_for_others(changed: Path, machine: Any, tmp_path: Path) -> None:
    assert changed
    more = {"ANSIBLE_KEEP_REMOTE_FILES": "1", "ANSIBLE_PIPELINING": "0"}
    done = play("site.yml", env=private_environment(tmp_path, **more))
    assert done.returncode == 0, done.stdout[-3000:]
    assert machine.check_output("find /root/.ansible/tmp -name 'AnsiballZ_*' | head -1") != ""
    drop = "setpriv --reuid=nobody --regid=nogroup --clear-groups"
    assert machine.run(f"{drop} find /root/.ansible /tmp -type f -readable 2>/dev/null").stdout == ""
    machine.check_output("rm -r /root/.ansible/tmp")
    loose = [path for path in (tmp_path / ".ansible").rglob("*") if path.is_file() and path.stat().st_mode & 0o077]
    assert [path for path in loose if path.parent.stat().st_mode & 0o077] == []
