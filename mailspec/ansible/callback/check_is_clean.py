"""Ends `--check` with an error when a task would change something; for runs that follow a converge."""

from typing import Any

from ansible import context
from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
name: check_is_clean
type: aggregate
short_description: Fails a check run that would change something
description:
  - Off unless enabled. Without C(--check) it does nothing.
author: mailspec
"""


class CallbackModule(CallbackBase):  # type: ignore[misc]
    """Collect the tasks that would change something, and refuse them at the end."""

    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "check_is_clean"
    CALLBACK_NEEDS_ENABLED = True

    def __init__(self) -> None:
        super().__init__()
        self.changes: list[str] = []

    def v2_runner_on_ok(self, result: Any) -> None:
        """Remember a change."""
        if result.is_changed():
            self.changes.append(f"{result.host.get_name()}: {result.task.get_name()}")

    def v2_playbook_on_stats(self, stats: Any) -> None:  # noqa: ARG002
        """End the run with 1 when there were changes."""
        if not context.CLIARGS.get("check") or not self.changes:
            return
        self._display.error("a check after a run must find nothing to change\n" + "\n".join(self.changes))
        # Ansible ignores what a callback returns or raises, but not this.
        raise SystemExit(1)
