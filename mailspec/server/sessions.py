"""Sessions of mail programs: who may not log in any more, or opens less, must not stay logged in either."""

import os
import signal
from contextlib import suppress

from .command import run


def end(login: str) -> None:
    """End every session of a login."""
    run(["doveadm", "kick", login])
    # Dovecot 2.4 kicks by the name that a process bears, which is that of a shared mailbox once it has opened one.
    for line in run(["doveadm", "-f", "tab", "who", "-1", login])[1].splitlines()[1:]:
        name, _, pid, *_ = [*line.split("\t"), "", ""]
        if name == login and pid.isdigit():
            with suppress(ProcessLookupError):
                os.kill(int(pid), signal.SIGTERM)
