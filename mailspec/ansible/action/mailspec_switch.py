"""Switch a server to what was staged, with the rows that differ."""

import getpass
from typing import Any

from ansible.plugins.action import ActionBase

from mailspec.ansible import controller, lookup
from mailspec.ansible.module_utils.mailspec_host import wire


class ActionModule(ActionBase):  # type: ignore[misc]
    """The action behind `mailspec_switch`."""

    _supports_check_mode = True

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        """Switch; on failure the old generation is back and the services' own words are the message."""
        super().run(tmp, task_vars)
        variables = task_vars or {}
        server = str(variables["inventory_hostname"])
        tree, found = controller.tree(server), controller.kept(f"{server}.found")
        vault = controller.vault(str(variables["mailspec_folder"]), self._loader, server)
        about = {
            "files": {path: controller.entry(file) for path, file in tree.files.items()},
            "by": getpass.getuser(),
        }
        payload = {
            "run": found["run"],
            "about": about,
            "rows": lookup.payload(vault, found["rows"]),
        }
        result: dict[str, Any] = self._execute_module(
            module_name="mailspec_switch", module_args={"payload": wire.pack(payload)}, task_vars=variables
        )
        if self._task.diff:
            result["diff"] = lookup.diffs(found["rows"])
        return result
