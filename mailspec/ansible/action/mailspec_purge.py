"""Show what removed accounts left on a server, and delete what is named."""

from pathlib import Path
from typing import Any

from ansible.errors import AnsibleError
from ansible.module_utils.parsing.convert_bool import boolean
from ansible.plugins.action import ActionBase

from mailspec.ansible import purge, remote
from mailspec.load import load
from mailspec.problem import SpecError


class ActionModule(ActionBase):  # type: ignore[misc]
    """The action behind `mailspec_purge`; it needs no secret."""

    _supports_check_mode = True

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        """Ask the server once; the answer is a table on the screen."""
        super().run(tmp, task_vars)
        variables, arguments = task_vars or {}, self._task.args
        server = str(variables["inventory_hostname"])
        try:
            spec = load(Path(str(variables["mailspec_folder"])), complete=False)
        except SpecError as error:
            raise AnsibleError(str(error)) from None
        wanted = purge.wanted(spec, str(arguments.get("logins") or ""), early=boolean(arguments.get("early") or False))
        result = remote.call_alone(self, "purge", wanted, variables)
        if not result.get("failed"):
            text = purge.text(server, result["found"], check=self._task.check_mode)
            self._display.display(f"\n{text}\n")
        return result
