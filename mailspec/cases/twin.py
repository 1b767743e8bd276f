"""The test twin of a spec: the same domain with secrets of its own, in a closed network.

No secret of the source is read, so a test needs no vault password and can not give one away.
"""

import argparse
import json
import shutil
import sys
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from pathlib import Path
from typing import Any

import yaml

from .. import files
from ..fill import fill
from ..keys import dkim_pair
from ..load import load
from ..model.domain import MailDomain
from ..model.secret import Secret
from ..model.servers import Release
from ..model.spec import Spec
from ..password import hash_app_password, hash_password, random_app_password, random_password
from ..problem import SpecError
from ..vault import Vault
from .outside import RELAY

Address = IPv4Address | IPv6Address

WORLD = "198.51.100.2,2001:db8:1::2"
"""The addresses of everything outside, unless others are named."""
_BANNER = "# The test twin of a mail domain; made by mailspec.cases.twin, do not edit.\n"
_PREFIX = {4: 26, 6: 64}
_FIRST = {4: 23, 6: 0x23}
"""How far from the far end the first server is, so that `.2` and `::2` give `.25` and `::25`."""
_AUTH_RATE = 1000
"""All tests log in from one address."""


def twin(source: Path, target: Path, release: str | None, world: Sequence[Address]) -> None:
    """Write the twin of a spec folder; an older twin in the same place is replaced.

    Raises SpecError when the source can not be used or the target is something else.
    """
    spec = load(source, complete=False)
    _clear(target)
    vault = Vault.create(target)
    data = plain(spec)
    data["servers"] = _servers(spec, release, world)
    data["dkim"] = _dkim(spec, vault)
    data["tls"] = {"source": "test-ca"}
    data["resolver"] = {
        "root_hints": {"ns.world.example": [str(address) for address in world]},
        "trust_anchor": "none",
    }
    data["firewall"] = {"ssh": {"from": [str(_network(address)) for address in world] if _closed(spec) else []}}
    data["limits"] = {**data.get("limits", {}), "auth_rate": _AUTH_RATE}
    if spec.relay:  # the world takes mail for everybody, and knows no logins
        data["relay"] = {"host": RELAY, "tls": "encrypt"}
    _open_accounts(data["accounts"], world)
    passwords = _passwords(spec, vault)
    vault.save()
    text = yaml.dump(data, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=120)
    files.write(target / "mail.yml", _BANNER + text)
    files.write_private(target / "passwords.json", json.dumps(passwords, indent=1) + "\n")
    fill(target)


def _clear(target: Path) -> None:
    main = target / "mail.yml"
    if not target.exists() or not any(target.iterdir()):
        target.mkdir(parents=True, exist_ok=True)
    elif main.exists() and main.read_text(encoding="utf-8").startswith(_BANNER):
        shutil.rmtree(target)
        target.mkdir()
    else:
        fact, hint = "this folder is no test twin", "name a new folder: what stands there would be lost"
        raise SpecError.at(target, "not-a-twin", fact, hint)


def plain(value: Any) -> Any:
    """What YAML writes, without what is default anyway."""
    if isinstance(value, Spec):
        given = {
            name: field.alias or name
            for name, field in type(value).model_fields.items()
            if field.is_required() or getattr(value, name) != field.default
        }
        return {alias: plain(getattr(value, name)) for name, alias in given.items()}
    if isinstance(value, dict):
        return {key: plain(entry) for key, entry in value.items()}
    if isinstance(value, frozenset):
        return sorted(plain(entry) for entry in value)
    if isinstance(value, tuple):
        return [plain(entry) for entry in value]
    return value if isinstance(value, bool | int | Secret) else str(value)


def _servers(spec: MailDomain, release: str | None, world: Sequence[Address]) -> dict[str, Any]:
    used = {address for server in spec.servers.values() for address in server.addresses}
    found = {}
    for name, server in spec.servers.items():
        addresses = [_moved(address, world, used) for address in server.addresses]
        found[name] = {**plain(server), "addresses": list(map(str, addresses)), "os": release or str(server.os)}
    return found


def _moved(address: Address, world: Sequence[Address], used: set[Address]) -> Address:
    """The address itself if it is in the closed network, else a free one there."""
    far = next((end for end in world if end.version == address.version), None)
    if far is None or (address in _network(far) and address != far):
        return address
    near = far + _FIRST[far.version]
    while near in used:
        near += 1
    used.add(near)
    return near


def _network(address: Address) -> Any:
    return ip_network(f"{address}/{_PREFIX[address.version]}", strict=False)


def _closed(spec: MailDomain) -> bool:
    """Whether only some may reach sshd, so that the tests have to be let in."""
    return bool(spec.firewall.ssh.from_)


def _dkim(spec: MailDomain, vault: Vault) -> dict[str, Any]:
    """New keys under the same selectors."""
    found: dict[str, Any] = {}
    for domain, keys in spec.dkim.items():
        for selector, key in keys.items():
            public, private = dkim_pair(key.algorithm)
            entry = Secret(f"dkim/{domain}/{selector}")
            vault.set(entry.name, private)
            found.setdefault(domain, {})[selector] = {
                "algorithm": str(key.algorithm),
                "public": public,
                "private": entry,
            }
    return found


def _open_accounts(accounts: dict[str, Any], world: Sequence[Address]) -> None:
    """Let in who has to be let in for a test: app passwords from the closed network, by one version of IP alone."""
    here = str(_network(min(world, key=lambda address: address.version)))
    for account in accounts.values():
        account.get("password", {}).pop("until", None)  # nobody sets a password of the twin before that day
        for app in account.get("app_passwords", {}).values():
            if "networks" in app:
                app["networks"] = [here]


def _passwords(spec: MailDomain, vault: Vault) -> dict[str, str]:
    """New passwords by login, of apps by login and label; accounts that share an entry of the vault share one."""
    by_entry: dict[str, str] = {}
    found = {}
    for login, account in spec.mailboxes.items():
        entry = account.entry
        if entry and entry not in by_entry:
            by_entry[entry] = random_password()
            vault.set(entry, hash_password(by_entry[entry]))
        if entry:
            found[login] = by_entry[entry]
    for login, account in spec.mailboxes.items():
        for label, app in account.app_passwords.items():
            found[f"{login}/{label}"] = password = random_app_password()
            vault.set(app.hash.name, hash_app_password(password))
    return found


class Dumper(yaml.SafeDumper):
    """YAML with `!secret`, and without anchors, which a spec may not have."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002, D102 - the name is PyYAML's
        return True


Dumper.add_representer(Secret, lambda dumper, secret: dumper.represent_scalar("!secret", secret.name))


def main() -> int:
    """Make a twin; 0 when it is there, 1 when the spec can not be used."""
    parser = argparse.ArgumentParser(prog="python -m mailspec.cases.twin", description=main.__doc__)
    parser.add_argument("source", type=Path, help="the folder of a spec")
    parser.add_argument("target", type=Path, help="the folder to write")
    parser.add_argument("--os", choices=[str(release) for release in Release], help="the release of every server")
    parser.add_argument("--world", default=WORLD, help="the addresses of the far end (%(default)s)")
    options = parser.parse_args()
    try:
        world = [ip_address(address) for address in options.world.split(",")]
        twin(options.source, options.target, options.os, world)
    except SpecError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
