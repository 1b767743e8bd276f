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
from ..problem import SpecError
from ..rows import TABLES, Row
from ..secrets import Vault
from ..tree import File, Tree
from .module_utils.mailspec_host import digest

SERVICES = ("base", "unbound", "store", "rspamd", "dovecot", "postfix", "nftables")
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
    try:
        return json.loads((directory() / name).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise AnsibleError("no tree to apply; run the whole of site.yml, which renders and compares first") from None


def tree(server: str) -> Tree:
    """The tree that `mailspec_render` made for a server."""
    return Tree.from_json(json.dumps(kept(f"{server}.tree")))


def vault(folder: str, loader: Any, server: str = "") -> Vault:
    """The secrets of a spec, or those one server gets, opened with Ansible's own vault password if there is one."""
    given = [secret.bytes for _, secret in loader._vault.secrets or []]  # --vault-password-file and its like
    try:
        found = Vault.open(Path(folder), given[0] if given else None)
    except SpecError as error:
        raise AnsibleError(str(error)) from None
    return found.only(kept(f"{server}.secrets"), server) if server else found


def content(file: File, secrets: Vault) -> bytes:
    """The bytes of a file with its secrets in place; for the wire alone."""
    return "".join(secrets.get(part.name) if isinstance(part, Secret) else part for part in file.parts).encode()


def filled(row: Row, secrets: Vault) -> list[str | int]:
    """A row with its secrets in place; for the wire alone."""
    return [secrets.get(value.name) if isinstance(value, Secret) else value for value in row]


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


def row_changes(tree: Tree, secrets: Vault, key: bytes, live: dict[str, Any]) -> dict[str, Any]:
    """What turns the live rows into those of the tree, by primary key, with the old rows for the eye.

    `live` tells, table by table, which buckets differ and what is in them.
    """
    changes: dict[str, Any] = {}
    for table, wanted in tree.rows.items():
        buckets, rows = set(live[table]["buckets"]), live[table]["rows"]
        names = {digest.row_key(table, row): row for row in wanted}
        put = [
            name
            for name, row in names.items()
            if digest.bucket_of(name) in buckets
            and (name not in rows or rows[name][0] != digest.row(key, filled(row, secrets)))
        ]
        drop = [name for name in rows if name not in names]
        if put or drop:
            before = {name: rows[name][1] for name in [*put, *drop] if name in rows}
            changes[table] = {"put": put, "drop": drop, "before": before}
    return changes


def row_payload(tree: Tree, secrets: Vault, changes: dict[str, Any]) -> dict[str, Any]:
    """The row changes as they travel: {table: {"keys": columns, "put": rows, "drop": keys}}."""
    payload = {}
    for table, change in changes.items():
        put = set(change["put"])
        rows = [filled(row, secrets) for row in tree.rows[table] if digest.row_key(table, row) in put]
        drop = [name.split("\t") for name in change["drop"]]
        payload[table] = {"keys": TABLES[table][: digest.KEYS[table]], "put": rows, "drop": drop}
    return payload


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


def row_diffs(tree: Tree, changes: dict[str, Any]) -> list[dict[str, str]]:
    """The differences of rows, one line a row, secrets by name."""
    diffs = []
    for table, change in changes.items():
        put = set(change["put"])
        before = sorted("\t".join(str(value) for value in row) for row in change["before"].values())
        after = ["\t".join(str(v) for v in row) for row in tree.rows[table] if digest.row_key(table, row) in put]
        header = f"rows of {table}"
        diffs.append(
            {
                "before": "".join(f"{line}\n" for line in before),
                "after": "".join(f"{line}\n" for line in after),
                "before_header": header,
                "after_header": header,
            }
        )
    return diffs
