"""Bring a server back to an earlier generation."""

from typing import Any

from ansible.plugins.action import ActionBase

from mailspec.ansible import controller, remote
from mailspec.rows import SCHEMA


class ActionModule(ActionBase):  # type: ignore[misc]
    """The action behind `mailspec_rollback`."""

    _supports_check_mode = True

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        """Go back in one call; on failure everything is as before, and the services' own words are the message."""
        super().run(tmp, task_vars)
        variables = task_vars or {}
        payload = {
            "generation": int(self._task.args.get("generation") or 0),
            "order": controller.SERVICES,
            "schema": SCHEMA,
            "confirm": remote.patience(self),
        }
        result = remote.call_alone(self, "rollback", payload, variables)
        if result.pop("confirm", False):
            confirmed = remote.confirm(self, result["run"], result["generation"], variables)
            result |= {key: value for key, value in confirmed.items() if key in {"failed", "msg", "exit_code"}}
        for finding in result.pop("findings", []):
            result["msg"] += f"\n{finding['path'] or 'health'}:{finding['line'] or 1}: {finding['text']}"
        diffs = result.pop("diffs", [])
        if self._task.diff:
            lines = [f"rows of {table}: +{a} ~{c} -{r}\n" for table, (a, c, r) in result.get("rows", {}).items()]
            result["diff"] = [*diffs, *({"prepared": line} for line in lines)]
        return result
