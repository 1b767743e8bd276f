"""Render the trees of all servers on the controller, once."""

from pathlib import Path
from typing import Any

from ansible.errors import AnsibleError
from ansible.plugins.action import ActionBase

from mailspec.ansible import controller
from mailspec.load import Source
from mailspec.problem import SpecError
from mailspec.render import TEMPLATES, render
from mailspec.secrets import check, needed_by


class ActionModule(ActionBase):  # type: ignore[misc]
    """The action behind `mailspec_render`."""

    _supports_check_mode = True
    _requires_connection = False

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        """Render; fails with every problem of the spec and the templates."""
        super().run(tmp, task_vars)
        try:
            folder = Path(str(self._task.args["spec"]))
            source = Source(folder)
            spec = source.spec()
            templates = Path(str(self._task.args.get("templates") or TEMPLATES))
            check(spec, controller.vault(str(folder), self._loader), source.place)
            for server in spec.servers:
                (controller.directory() / f"{server}.tree").write_text(
                    render(spec, server, templates, source.place).to_json(), encoding="utf-8"
                )
                controller.keep(f"{server}.secrets", sorted(needed_by(spec, server)))
            controller.keep("templates", str(templates))
            controller.keep("hand_edits", spec.hand_edits.value)
        except SpecError as error:
            raise AnsibleError(str(error)) from None
        return {"changed": False}
