"""Switch a server to what was staged, with the rows that differ."""

from pathlib import Path
from typing import Any

from ansible.plugins.action import ActionBase

from mailspec.ansible import controller, remote
from mailspec.ansible.finding import problems


class ActionModule(ActionBase):  # type: ignore[misc]
    """The action behind `mailspec_switch`."""

    _supports_check_mode = True

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        """Switch; on failure the old generation is back and the services' own words are the message."""
        super().run(tmp, task_vars)
        variables = task_vars or {}
        server, folder = str(variables["inventory_hostname"]), Path(str(variables["mailspec_folder"]))
        tree, found = controller.tree(server), controller.kept(f"{server}.found")
        about = {
            "generation": found["generation"],
            "files": {path: controller.entry(file) for path, file in tree.files.items()},
            "host": controller.kept(f"{server}.host"),
            "by": remote.by(),
            "revision": remote.revision(folder),
            "reason": "apply",
            "confirm": remote.patience(self),
        }
        payload = {
            "run": found["run"],
            "about": about,
            "rows": controller.row_payload(tree, controller.vault(str(folder), self._loader), found["rows"]),
        }
        result = remote.call(self, "mailspec_switch", payload, variables)
        if result.pop("confirm", False):
            confirmed = remote.confirm(self, found["run"], result["generation"], variables)
            result |= {key: value for key, value in confirmed.items() if key in {"failed", "msg", "exit_code"}}
        if findings := result.pop("findings", []):
            result["msg"] += f"\n{problems(findings, tree, folder, Path(controller.kept('templates')))}"
        if self._task.diff:
            result["diff"] = controller.row_diffs(tree, found["rows"])
        return result
