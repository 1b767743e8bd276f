"""Render the tree of a server on the controller."""

from pathlib import Path
from typing import Any

from ansible.errors import AnsibleError
from ansible.plugins.action import ActionBase

from mailspec.ansible import controller, folder
from mailspec.host import Host
from mailspec.problem import SpecError
from mailspec.render import TEMPLATES, files
from mailspec.secrets import check
from mailspec.tree import Tree


class ActionModule(ActionBase):  # type: ignore[misc]
    """The action behind `mailspec_render`."""

    _supports_check_mode = True
    _requires_connection = False

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        """Render; fails with every problem of the spec, its secrets and the templates."""
        super().run(tmp, task_vars)
        server = str((task_vars or {})["inventory_hostname"])
        path = str(self._task.args["spec"])
        templates = Path(str(self._task.args.get("templates") or TEMPLATES))
        spec = folder.spec(path)
        try:
            source = folder.source(path)
            check(spec, folder.vault(path, self._loader), source.places)
            made = Tree(server, files(spec, server, templates, source.place), {}, Host(spec, server).packages)
            controller.keep(f"{server}.templates", str(templates))
        except SpecError as error:
            raise AnsibleError(str(error)) from None
        (controller.directory() / f"{server}.tree").write_text(made.to_json(), encoding="utf-8")
        return {"changed": False}
