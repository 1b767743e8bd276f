"""A spec with many accounts, and its vault with a hash for each, made without asking anybody."""

import base64
import json
import random
from pathlib import Path

from mailspec import files
from mailspec.fill import fill
from mailspec.password import hash_password
from mailspec.vault import FILE, PASSWORD_FILE, Vault

from . import lab

ADDED = "zora.added"
"""The account that the second folder has beside those of the first."""
MEMBERS = 20
"""How many members each list has."""
KNOWN = "correct horse battery staple 7"
"""The password of the added account and of the postmaster."""

_HEAD = """\
mailspec: 1
postmaster: postmaster.person
domains:
  {domain}: {{}}
servers:
  {server}:
    addresses: [{addresses}]
    os: {release}
tls: {{source: test-ca}}
resolver:
  root_hints:
    ns.world.example: [{world}]
  trust_anchor: none
limits:
  auth_rate: 1000
accounts:
  postmaster.person: {{password: {{hash: !secret known}}}}
"""


def folder(
    accounts: int,
    lists: int = 0,
    *,
    domain: str = "example.org",
    number: int = 0,
    release: str = "debian-13",
    name: str = "",
) -> Path:
    """A spec folder with so many accounts, for server `number` of the lab; one that is there is taken as it is."""
    found = lab.SPECS / (name or f"accounts-{accounts}{f'-lists-{lists}' if lists else ''}-{release}")
    if not (found / "tls").exists():
        write(found, accounts, lists, domain=domain, number=number, release=release)
    return found


def write(folder: Path, accounts: int, lists: int = 0, *, domain: str, number: int, release: str) -> None:
    """Write a spec folder with its keys and its vault."""
    numbers = random.Random(accounts)  # noqa: S311 - sample data
    quoted = {
        "addresses": ", ".join(f'"{address}"' for address in lab.addresses(number)),
        "world": ", ".join(f'"{address}"' for address in lab.WORLD),
    }
    lines = [_HEAD.format(server=f"mx1.{domain}", domain=domain, release=release, **quoted)]
    hashes = {"known": hash_password(KNOWN)}
    for person in range(accounts - 1):
        name = f"person{person:06d}"
        lines.append(
            f"  {name}:\n    name: Person Number {person}, of the Department of Large Specifications\n"
            f"    password: {{owner: user, hash: !secret account/{name}}}\n"
            f"    quota: 10G\n    aliases: [first.last{person:06d}, initials{person:06d}]\n    receive: true\n"
        )
        hashes[f"account/{name}"] = _hash(numbers)
    lines += ["lists:\n"] if lists else []
    for number in range(lists):
        members = ", ".join(f"person{person:06d}" for person in sorted(numbers.sample(range(accounts - 1), MEMBERS)))
        lines.append(
            f"  list{number:04d}:\n    name: List Number {number}\n    members: [{members}]\n    post: members\n"
        )
    files.write(folder / "mail.yml", "".join(lines))
    Vault.create(folder).save()
    fill(folder)
    _vault(folder, hashes)


def _vault(folder: Path, entries: dict[str, str]) -> None:
    """Add entries in one go; the vault's own way, which writes for people, would take minutes for many."""
    from ansible.parsing.vault import VaultLib, VaultSecret

    vault = Vault.open(folder)
    entries = {name: vault.get(name) for name in vault.names()} | entries
    text = "".join(f"{json.dumps(name)}: {json.dumps(value)}\n" for name, value in sorted(entries.items()))
    secret = VaultSecret(files.read(folder / PASSWORD_FILE).strip().encode())
    files.write_private(folder / FILE, VaultLib([("default", secret)]).encrypt(text).decode())


def with_one_more(folder: Path, target: Path) -> Path:
    """The same spec with one account more, whose password is known."""
    target.mkdir(parents=True, exist_ok=True)
    for path in sorted(folder.rglob("*")):
        copy = target / path.relative_to(folder)
        if path.is_dir():
            copy.mkdir(exist_ok=True)
        else:
            copy.unlink(missing_ok=True)
            copy.hardlink_to(path)
    files.write(
        target / "accounts" / "added.yml", f"{ADDED}: {{name: Zora, password: {{owner: user, hash: !secret known}}}}\n"
    )
    return target


def _hash(numbers: random.Random) -> str:
    """What looks like a hash, and takes no time; nobody knows a password for it."""
    salt, digest = (base64.b64encode(numbers.randbytes(size)).decode().rstrip("=") for size in (16, 32))
    return f"{{ARGON2ID}}$argon2id$v=19$m=19456,t=2,p=1${salt}${digest}"
