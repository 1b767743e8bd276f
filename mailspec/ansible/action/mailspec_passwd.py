"""Set passwords that belong to their users on a server; the file with the hashes stays on this machine."""

import json
from pathlib import Path
from typing import Any

from ansible.errors import AnsibleConnectionFailure, AnsibleError
from ansible.plugins.action import ActionBase

from mailspec import passwd
from mailspec.ansible import folder, remote
from mailspec.problem import SpecError


class ActionModule(ActionBase):  # type: ignore[misc]
    """The action behind `mailspec_passwd`; `mailspec account passwd` reads what it writes to `answers`."""

    _supports_check_mode = True

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        """Set them where people log in; other servers have nothing to do."""
        super().run(tmp, task_vars)
        variables, arguments = task_vars or {}, self._task.args
        server, spec = str(variables["inventory_hostname"]), folder.spec(str(variables["mailspec_folder"]))
        try:
            passwords = passwd.read(spec, Path(str(arguments["passwords"])))
        except SpecError as error:
            raise AnsibleError(f"\n{error}") from None
        if server not in passwd.servers(spec):
            return {"skipped": True}
        try:
            result = remote.call(self, "passwd", passwords, variables)
        except AnsibleConnectionFailure as error:
            _keep(arguments, server, {"error": str(error).strip()})
            raise
        _keep(arguments, server, {"error": result["msg"].strip()} if result.get("failed") else {})
        return result


def _keep(arguments: dict[str, Any], server: str, answer: dict[str, Any]) -> None:
    if target := arguments.get("answers"):
        Path(str(target), f"{server}.json").write_text(json.dumps(answer), encoding="utf-8")
