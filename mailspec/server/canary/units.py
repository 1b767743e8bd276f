"""systemd units as a canary runs them: the commands of the unit files, drop-ins included, without systemd."""

import grp
import os
import pwd
import re
import shlex
import signal
import subprocess
from pathlib import Path
from typing import Any

from .listener import Listener

_FOLDERS = ("/usr/lib/systemd/system", "/lib/systemd/system", "/etc/systemd/system")
_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


class UnitError(Exception):
    """A unit did not start."""


def settings(name: str, wanted: str = "Service") -> dict[str, list[str]]:
    """A section of a unit: each key with its values in order; an empty one forgets those before."""
    template = re.sub(r"@.*\.", "@.", name)
    found: dict[str, list[str]] = {}
    files = [Path(folder, unit) for unit in dict.fromkeys((template, name)) for folder in _FOLDERS]
    own = [file for file in files if file.is_file()][-1:]
    drop_ins = [
        file for unit in dict.fromkeys((template, name)) for folder in _FOLDERS for file in _drop_ins(folder, unit)
    ]
    for file in [*own, *drop_ins]:
        text = re.sub(r"\\\n\s*", " ", file.read_text(encoding="utf-8"))
        section = ""
        for line in text.splitlines():
            if line.startswith("["):
                section = line.strip()
            elif section == f"[{wanted}]" and (match := re.match(r"\s*(\w+)\s*=\s*(.*?)\s*$", line)):
                key, value = match.groups()
                found[key] = [*found.get(key, []), value] if value else []
    instance = name.partition("@")[2].rpartition(".")[0]
    return {key: [value.replace("%i", instance) for value in values] for key, values in found.items()}


class Unit:
    """A unit that runs in the room."""

    def __init__(self, name: str, service: str, listener: Listener) -> None:
        self.name, self.service, self._listener = name, service, listener
        self.settings = settings(name)
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Run what the unit says; raises UnitError when a command that has to end well does not.

        A timer has nothing to run: what it starts would have nothing to do in the room.
        """
        if self.name.endswith(".timer"):
            return
        if not self.settings.get("ExecStart"):
            raise UnitError(f"{self.name} has no command")
        self._directories()
        waits = self._one("Type", "simple") in {"oneshot", "forking"}
        for command in self.settings.get("ExecStartPre", []):
            self._run(command, wait=True)
        for command in self.settings["ExecStart"]:
            self._run(command, wait=waits)

    def ended(self) -> str:
        """How the main process ended that should run; nothing while it does."""
        code = self.process.poll() if self.process else None
        return "" if code is None else f"{self.name} ended with {code}"

    def kill(self) -> None:
        """End it at once, with everything it started."""
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)

    def serve(self, connection: int) -> None:
        """Run it once for a client, with the connection as its input and output."""
        self._run(self.settings["ExecStart"][0], wait=True, connection=connection)

    def _one(self, key: str, default: str) -> str:
        return (self.settings.get(key) or [default])[-1]

    def _directories(self) -> None:
        for key, folder in (
            ("RuntimeDirectory", "/run"),
            ("StateDirectory", "/var/lib"),
            ("LogsDirectory", "/var/log"),
        ):
            for name in " ".join(self.settings.get(key, [])).split():
                path = Path(folder, name)
                path.mkdir(parents=True, exist_ok=True)
                path.chmod(int(self._one(f"{key}Mode", "0755"), 8))
                user = pwd.getpwnam(self._one("User", "root"))
                os.chown(path, user.pw_uid, user.pw_gid)

    def _run(self, command: str, *, wait: bool, connection: int | None = None) -> None:
        marks, words = re.match(r"([-+!@:]*)(.*)", command).groups()  # type: ignore[union-attr]
        environment = self._environment()
        argv = [part for word in shlex.split(words) for part in _expanded(word, environment)]
        user = {} if "+" in marks else self._user()
        output = self._listener.pipe(self.service)
        process = subprocess.Popen(
            argv,
            stdin=subprocess.DEVNULL if connection is None else connection,
            stdout=output if connection is None else connection,
            stderr=output,
            env=environment,
            cwd="/",
            umask=int(self._one("UMask", "0022"), 8),
            start_new_session=True,
            **user,
        )
        os.close(output)
        if not wait:
            self.process = process
        elif (code := process.wait()) and "-" not in marks:
            raise UnitError(f"`{' '.join(argv)}` ended with {code}")

    def _environment(self) -> dict[str, str]:
        found = {"PATH": _PATH, "LANG": "C.UTF-8", "INVOCATION_ID": "0" * 32}
        if self._one("Type", "simple") == "notify":
            found["NOTIFY_SOCKET"] = self._listener.notify
        lines = [entry for value in self.settings.get("Environment", []) for entry in shlex.split(value)]
        for name in self.settings.get("EnvironmentFile", []):
            file = Path(name.lstrip("-"))
            if file.exists() or not name.startswith("-"):
                lines += [line for line in file.read_text(encoding="utf-8").splitlines() if re.match(r"\w+=", line)]
        return found | {key: value.strip("\"'") for key, _, value in (line.partition("=") for line in lines)}

    def _user(self) -> dict[str, Any]:
        if "User" not in self.settings:
            return {}
        user = pwd.getpwnam(self._one("User", "root"))
        group = grp.getgrnam(self._one("Group", "")).gr_gid if "Group" in self.settings else user.pw_gid
        return {"user": user.pw_uid, "group": group, "extra_groups": os.getgrouplist(user.pw_name, group)}


def _drop_ins(folder: str, unit: str) -> list[Path]:
    return sorted(Path(folder, f"{unit}.d").glob("*.conf"))


def _expanded(word: str, environment: dict[str, str]) -> list[str]:
    if word.startswith("$") and word[1:].isidentifier():
        return environment.get(word[1:], "").split()
    return [word]
