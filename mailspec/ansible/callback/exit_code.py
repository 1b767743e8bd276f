"""Ends a play with the exit code its results ask for, such as 75 when another run is at work: try again."""

from typing import Any

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
name: exit_code
type: aggregate
short_description: The exit code that the results of a play ask for
description:
  - When every failure of the play carries C(exit_code), the highest of them is the exit code of the play.
  - A failure without one leaves Ansible's own exit code.
author: mailspec
"""


class CallbackModule(CallbackBase):  # type: ignore[misc]
    """Collect the codes, and end with the highest."""

    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "exit_code"

    def __init__(self) -> None:
        super().__init__()
        self.codes: list[int] = []
        self.others = False

    def v2_runner_on_ok(self, result: Any) -> None:
        """Remember a code of a result that is no failure."""
        self._collect(result, failed=False)

    def v2_runner_on_failed(self, result: Any, ignore_errors: bool = False) -> None:
        """Remember the code of a failure."""
        self._collect(result, failed=not ignore_errors)

    def v2_runner_on_unreachable(self, result: Any) -> None:  # noqa: ARG002
        """A server that can not be reached is a failure of its own."""
        self.others = True

    def v2_playbook_on_stats(self, stats: Any) -> None:  # noqa: ARG002
        """End the run with the highest code."""
        if self.codes and not self.others:
            # Ansible ignores what a callback returns or raises, but not this.
            raise SystemExit(max(self.codes))

    def _collect(self, result: Any, *, failed: bool) -> None:
        code = result.result.get("exit_code")
        if isinstance(code, int):
            self.codes.append(code)
        elif failed:
            self.others = True
