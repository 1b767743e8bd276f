"""Kills a run at the border before one of its tasks, as a crash of the controller would: nothing is cleaned up.

`MAILSPEC_KILL_AT` is the number of the task, from 1. Without it the run goes on, and says how many tasks there were in
the file `MAILSPEC_TASKS`.
"""

import os
import signal
from pathlib import Path
from typing import Any

from ansible.plugins.callback import CallbackBase

from mailspec.cases.playbook import kill

DOCUMENTATION = """
name: kill_at
type: aggregate
short_description: Kills a run at the border of a task
description:
  - For tests.
author: mailspec
"""


class CallbackModule(CallbackBase):  # type: ignore[misc]
    """Count the tasks, and end at one of them."""

    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "kill_at"

    def __init__(self) -> None:
        super().__init__()
        self.tasks = 0

    def v2_playbook_on_task_start(self, task: Any, is_conditional: bool) -> None:  # noqa: ARG002
        """A task is about to start."""
        self.tasks += 1
        if self.tasks == int(os.environ.get("MAILSPEC_KILL_AT", "0")):
            kill(os.getpid(), signal.SIGKILL)

    def v2_playbook_on_stats(self, stats: Any) -> None:  # noqa: ARG002
        """The run is over."""
        if told := os.environ.get("MAILSPEC_TASKS"):
            Path(told).write_text(str(self.tasks), encoding="utf-8")
