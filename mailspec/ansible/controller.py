"""The controller's half of an apply: trees between tasks, secrets filled in at the last moment, diffs.

Ansible forks for every task, so what one task finds waits for the next in the private directory of this run,
which Ansible removes at its end. No secret is ever written there.
"""

import base64
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ansible import constants
from ansible.errors import AnsibleError

from ..model.secret import Secret
from ..secrets import Vault
from ..tree import File, Tree
from .folder import vault

__all__ = [
    "SERVICES",
    "content",
    "directory",
    "entry",
    "file_diffs",
    "keep",
    "kept",
    "removal_diffs",
    "sent",
    "tree",
    "vault",
]

SERVICES = ("base", "unbound", "store", "rspamd", "dovecot", "srs", "postfix", "mlmmj", "web", "nftables")
"""The services of a server, in the order they are staged and started."""


def directory() -> Path:
    """The private directory of this run."""
    path = Path(constants.DEFAULT_LOCAL_TMP) / "mailspec"
    path.mkdir(mode=0o700, exist_ok=True)
    return path


def keep(name: str, data: Any) -> None:
    """Keep plain data for a later task."""
    (directory() / name).write_text(json.dumps(data), encoding="utf-8")


def kept(name: str) -> Any:
    """The data an earlier task kept."""
    return json.loads(_kept_text(name))


def _kept_text(name: str) -> str:
    try:
        return (directory() / name).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise AnsibleError("no tree to apply; run the whole of site.yml, which renders and compares first") from None


def tree(server: str) -> Tree:
    """The files and packages that `mailspec_render` made for a server; its rows come from the model when needed."""
    return Tree.from_json(_kept_text(f"{server}.tree"))


def content(file: File, secrets: Vault) -> bytes:
    """The bytes of a file with its secrets in place; for the wire alone."""
    return "".join(secrets.get(part.name) if isinstance(part, Secret) else part for part in file.parts).encode()


def entry(file: File) -> dict[str, Any]:
    """What a server remembers of a file."""
    return {
        "service": file.service,
        "owner": file.owner,
        "group": file.group,
        "mode": file.mode,
        "secret": file.is_secret,
        "compile": file.compile,
        "template": file.template,
    }


def sent(file: File, secrets: Vault) -> dict[str, Any]:
    """A file as it travels."""
    data = base64.b64encode(content(file, secrets)).decode()
    return {"path": file.path, "content": data, "owner": file.owner, "group": file.group, "mode": file.mode}


def file_diffs(files: Iterable[File], found: dict[str, Any]) -> list[dict[str, str]]:
    """The differences of files as Ansible's `--diff` shows them; a secret file only says that it changes."""
    diffs = []
    for file in files:
        why = found[file.path]
        title = f"{file.path} ({why['why']})"
        if file.is_secret:
            diffs.append({"prepared": f"{title}: holds secrets, content not shown\n"})
        else:
            before = why.get("before", "")
            header = title if before else f"{file.path} (absent)"
            diffs.append({"before": before, "after": file.text, "before_header": header, "after_header": file.template})
    return diffs


def removal_diffs(removed: Iterable[str], found: dict[str, Any]) -> list[dict[str, str]]:
    """The differences of files that leave the server."""
    return [
        {
            "before": found[path].get("before", ""),
            "after": "",
            "before_header": path,
            "after_header": f"{path} (removed)",
        }
        for path in removed
    ]
