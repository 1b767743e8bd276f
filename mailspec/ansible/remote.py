"""The way to a server: who asks, one call, and its answer or its trouble in words."""

import getpass
import os
import re
import secrets
import socket
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from ansible.errors import AnsibleConnectionFailure

from ..problem import Place, Problem, SpecError
from ..server import wire
from ..server.watch import CONFIRM
from . import parcel

_AGAIN = "whatever was under way there ends or goes back by itself; run again"
_BROKEN = {
    r"No usable temporary directory|No space left": (
        "disk-full",
        "it has no room for a temporary file",
        "make room below /run and /tmp, then run again",
    ),
    r"Permission denied": (
        "not-root",
        "the user it is reached as is not root",
        "log in as root, or with `become: true`",
    ),
    r"Read-only file system": (
        "read-only",
        "its file system is read-only",
        "find out why (`dmesg`), then run again",
    ),
    r"python3: (No such file|not found|command not found)|interpreter .* was not found": (
        "no-python",
        "it has no /usr/bin/python3",
        "log in and run `apt-get install python3`, then run again",
    ),
}


def owner() -> dict[str, Any]:
    """Who asks: what a server remembers of this run, and what tells whether it still lives."""
    process = os.getppid()  # Ansible works in a fork for each task; the play is the process above
    return {"run": secrets.token_hex(8), "by": by(), "host": _host(), "pid": process, "started": _started(process)}


def by() -> str:
    """The person at this machine."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):  # a container may run as a number without a name
        name = str(os.getuid())
    return f"{name}@{socket.gethostname()}"


def gone(held: dict[str, Any]) -> bool:
    """Whether a run that works on a server ran here and is dead."""
    return bool(held["host"] == _host() and held["started"] and _started(held["pid"]) != held["started"])


def revision(folder: Path) -> str:
    """The git commit of a folder, with `+` when something in it is not committed; empty outside git."""
    git = ["git", "-C", str(folder)]
    with suppress(OSError):
        head = subprocess.run([*git, "rev-parse", "--short=12", "HEAD"], capture_output=True, text=True, check=False)
        tracked = subprocess.run([*git, "ls-files", "--", "."], capture_output=True, check=False).stdout
        if head.returncode == 0 and tracked:
            status = subprocess.run([*git, "status", "--porcelain", "--", "."], capture_output=True, check=False)
            return head.stdout.strip() + ("+" if status.stdout else "")
    return ""


def call(action: Any, work: str, payload: Any, variables: dict[str, Any]) -> dict[str, Any]:
    """What a server answers to a call; a failure has its place, fact and hint."""
    server = str(variables["inventory_hostname"])
    arguments = {"work": work, "payload": wire.pack(payload), "program": parcel.name(), "parcel": ""}
    try:
        result = _ask(action, arguments, variables)
        if result.pop("unknown", False):
            result = _ask(action, {**arguments, "parcel": parcel.content()}, variables)
    except AnsibleConnectionFailure as error:
        problem = Problem(Place(server), "unreachable", _short(str(error)), _AGAIN)
        raise AnsibleConnectionFailure(f"\n{SpecError([problem])}") from None
    if result.get("failed"):
        result["msg"] = f"\n{SpecError([_problem(server, result)])}"
    return result


def _ask(action: Any, arguments: dict[str, str], variables: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = action._execute_module(
        module_name="mailspec_host", module_args=arguments, task_vars=variables
    )
    return found


def call_alone(action: Any, work: str, payload: dict[str, Any], variables: dict[str, Any]) -> dict[str, Any]:
    """The same for a call that begins work on a server; a run that ran here and is dead gives way at once."""
    lease = owner()
    result = call(action, work, {**payload, "lease": lease}, variables)
    if (held := result.get("held")) and gone(held):
        result = call(action, work, {**payload, "lease": {**lease, "instead_of": held["run"]}}, variables)
    return {**result, "run": lease["run"]}


def _problem(server: str, result: dict[str, Any]) -> Problem:
    if known := result.pop("trouble", None):
        return Problem(Place(server), known["id"], known["fact"], known["hint"])
    said = "\n".join(str(result.pop(key, "")) for key in ("module_stderr", "module_stdout", "exception", "msg"))
    for pattern, (name, fact, hint) in _BROKEN.items():
        if re.search(pattern, said):
            return Problem(Place(server), name, fact, hint)
    if result.get("rc") in {-9, 137, 255} or not said.strip():
        return Problem(Place(server), "cut-off", "the call ended before its answer came", _AGAIN)
    lines = [line for line in said.splitlines() if line.strip()]
    return Problem(Place(server), "module", _short(lines[-1]), "see `-vvv`; report it as an issue when it is ours")


def _short(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()[:300]


def patience(action: Any) -> int:
    """The seconds in which a new firewall must be confirmed."""
    return int(action._task.args.get("confirm") or CONFIRM)


def confirm(action: Any, run: str, generation: int, variables: dict[str, Any]) -> dict[str, Any]:
    """Come back over a new connection, so that a firewall that shuts this machine out does not stay.

    The server goes back by itself when nobody comes; then this says so, as soon as it can be reached again.
    """
    server, begin = str(variables["inventory_hostname"]), time.monotonic()
    said, found = "", dict[str, Any]()
    while time.monotonic() - begin < patience(action) + CONFIRM and not found:
        try:
            action._connection.reset()
            found = call(action, "confirm", {"run": run}, variables)
        except AnsibleConnectionFailure as error:
            said = said or _short(str(error))
            time.sleep(1)
    if found.get("failed") or found.get("confirmed"):
        return found
    state = f"it is back on generation {found['generation']}" if found else "it goes back by itself; look after it"
    fact = f"no new connection comes through the firewall of generation {generation}; {state}"
    hint = "let this machine in: `firewall.ssh` of the spec, or templates/common/etc/nftables.conf.j2"
    problem = Problem(Place(server), "shut-out", fact, hint)
    return {"failed": True, "msg": f"\n{SpecError([problem])}"}


def _host() -> str:
    """This machine, as long as it runs; processes of another container have other numbers."""
    with suppress(OSError):
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{socket.gethostname()} {boot} {os.readlink('/proc/self/ns/pid')}"  # noqa: PTH115
    return socket.gethostname()


def _started(process: int) -> str:
    """When a process started; empty when there is none."""
    with suppress(OSError):
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[19]
    return ""
