"""The names and rows of a canary: DNS that answers at once, and users who exist nowhere else."""

import base64
import hashlib
import secrets
from typing import Any

from .. import digest, journal, rows


def password() -> tuple[str, str]:
    """A password for this run, and a hash of it that costs nothing to check."""
    word, salt = secrets.token_urlsafe(24), secrets.token_bytes(8)
    digest = hashlib.sha512(word.encode() + salt).digest()
    return word, "{SSHA512}" + base64.b64encode(digest + salt).decode()


def names(unbound: str, records: list[str]) -> str:
    """unbound.conf that knows some records, and says of every other name that there is none."""
    data = "".join(f"    local-data: '{record}'\n" for record in records)
    return f'{unbound.rstrip()}\n\nserver:\n    local-zone: "." static\n{data}'


def fill(facts: dict[str, Any], hashed: str, app: tuple[str, str]) -> None:
    """Make the lookup database of the room; a hash travels as None and is that of a password of this run."""
    rows.create(facts["schema"])
    hashes = {"account": hashed, "app_password": digest.tag(app[0]) + app[1]}
    for table, change in facts["rows"].items():
        change["put"] = [[hashes[table] if value is None else value for value in row] for row in change["put"]]
    with journal.lookup() as database:
        journal.change_rows(database, facts["rows"])
