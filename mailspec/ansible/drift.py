"""The report of drift: text for a person, JSON for a program."""

import fcntl
import json
import time
from pathlib import Path
from typing import Any

from ansible.errors import AnsibleError

from .. import files
from .controller import directory

FORMAT = 1
"""The version of the JSON; it grows when a program that reads it would have to change."""


def text(server: str, report: dict[str, Any]) -> str:
    """The report of one server, a paragraph for each difference."""
    items = report["items"]
    when = time.strftime(", %Y-%m-%d %H:%M", time.localtime(report["time"])) if report["time"] else ""
    generation = f"generation {report['generation']}{when}"
    if not items:
        return f"{server} is as {generation} left it"
    lines = [f"{server} differs from {generation}", ""]
    for item in items:
        lines.append(f"{item['kind']} {item['where']}: {item['fact']}")
        lines += [f"    {line}" for line in item["diff"].splitlines()]
    count = len(items)
    lines += [
        "",
        f"{count} difference{'' if count == 1 else 's'}",
        "",
        "hint: `site.yml` puts right what it manages, and stops before it would lose an edit of a file;",
        "      put what shall stay into the spec, or into a `local` fragment; name welcome strangers in `drift.ignore`",
    ]
    return "\n".join(lines)


def write(file: Path, server: str, report: dict[str, Any]) -> None:
    """Write the reports of the servers that have answered: {"format", "drift", "servers": {name: report}}."""
    folder = directory()
    with (folder / "drift.lock").open("w") as lock:  # servers answer at the same time
        fcntl.flock(lock, fcntl.LOCK_EX)
        (folder / f"{server}.drift").write_text(json.dumps(report), encoding="utf-8")
        servers = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.drift"))}
        whole = {"format": FORMAT, "drift": any(found["items"] for found in servers.values()), "servers": servers}
        try:
            files.write(file, json.dumps(whole, indent=2, ensure_ascii=False) + "\n")
        except OSError as error:
            reason = error.strerror or str(error)
            fact = f"the report can not be written: {reason[:1].lower()}{reason[1:]}"
            raise AnsibleError(f"{files.name(file)}: error[no-file]: {fact}\n\nhint: name another file") from None
