"""The generations of the servers of a spec, asked over Ansible; see `playbooks/generations.yml`."""

import tempfile
from pathlib import Path
from typing import Any

from .load import load
from .play import answers, play
from .problem import SpecError


def history(spec: Path, *, server: str = "", pair: tuple[int, int] | None = None) -> dict[str, Any]:
    """The generations of each server, newest first, or what differs between a pair of them.

    Raises SpecError when a server is not in the spec, or when none answers; `error` is what one says that fails.
    """
    servers = load(spec, complete=False).servers
    if server and server not in servers:
        hint = f"the spec has {', '.join(sorted(servers))}"
        raise SpecError.at(spec, "no-server", f"there is no server `{server}`", hint)
    with tempfile.TemporaryDirectory(prefix="mailspec-") as folder:
        said = play(spec, "generations", {"mailspec_answers": folder, **_asked(pair)}, server=server)
        return answers(Path(folder), [name for name in sorted(servers) if server in {"", name}], "generations", said)


def _asked(pair: tuple[int, int] | None) -> dict[str, int]:
    return {"mailspec_before": pair[0], "mailspec_after": pair[1]} if pair else {}
