"""Compare a server with its current generation; the report is text on the screen and JSON in a file."""

from pathlib import Path
from typing import Any

from ansible.plugins.action import ActionBase

from mailspec.ansible import drift, remote
from mailspec.host import Host
from mailspec.load import load
from mailspec.rows import SCHEMA
from mailspec.server import wire


class ActionModule(ActionBase):  # type: ignore[misc]
    """The action behind `mailspec_drift`; it needs no secret and sends none."""

    _supports_check_mode = True

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        """Ask the server once, and fail when something differs."""
        super().run(tmp, task_vars)
        variables = task_vars or {}
        server = str(variables["inventory_hostname"])
        spec = load(Path(str(variables["mailspec_folder"])), complete=False)
        asked = {
            "ports": [spec.firewall.ssh.port, *Host(spec, server).ports],
            "schema": SCHEMA,
            "ignore": list(spec.drift.ignore),
        }
        result = remote.call(self, "drift", asked, variables)
        if result.get("failed"):
            return result
        report = wire.unpack(result.pop("packed"))
        if file := self._task.args.get("json"):
            drift.write(Path(str(file)), server, report)
        self._display.display(f"\n{drift.text(server, report)}\n")
        if not report["items"]:
            return result
        return {**result, "failed": True, "msg": f"{server} differs from its current generation; the report is above"}
