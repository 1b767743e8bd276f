"""Ask a server for its generations, or for what differs between two of them."""

import json
from pathlib import Path
from typing import Any

from ansible.errors import AnsibleConnectionFailure
from ansible.plugins.action import ActionBase

from mailspec.ansible import remote
from mailspec.server import wire


class ActionModule(ActionBase):  # type: ignore[misc]
    """The action behind `mailspec_generations`; `mailspec generations` reads what it writes to `answers`."""

    _supports_check_mode = True

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        """Ask; the answer is `found`, and a file for the command if it wants one."""
        super().run(tmp, task_vars)
        variables, arguments = task_vars or {}, self._task.args
        payload = {name: int(arguments.get(name) or 0) for name in ("before", "after")}
        try:
            result = remote.call(self, "generations", payload, variables)
        except AnsibleConnectionFailure as error:
            _keep(arguments, variables, {"error": str(error).strip()})
            raise
        if result.get("failed"):
            _keep(arguments, variables, {"error": result["msg"].strip()})
            return result
        result["found"] = wire.unpack(result.pop("packed"))
        _keep(arguments, variables, {"found": result["found"]})
        return result


def _keep(arguments: dict[str, Any], variables: dict[str, Any], answer: dict[str, Any]) -> None:
    if folder := arguments.get("answers"):
        Path(str(folder), f"{variables['inventory_hostname']}.json").write_text(json.dumps(answer), encoding="utf-8")
