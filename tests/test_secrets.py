"""What a spec needs from its vault."""

from pathlib import Path

import pytest

from mailspec.fill import fill
from mailspec.keys import authority, certificate, dkim_pair
from mailspec.load import Source
from mailspec.model.dkim import Algorithm
from mailspec.model.domain import MailDomain
from mailspec.model.secret import Secret
from mailspec.model.servers import Role, Server
from mailspec.problem import SpecError
from mailspec.render import render
from mailspec.secrets import Kind, check, find, needed, needed_by, put
from mailspec.vault import Vault
from tests.specs import chain, complete, full

SPEC = """\
mailspec: 1
postmaster: alice
domains: {example.org: {}}
servers:
  mx1.example.org: {addresses: [198.51.100.25]}
accounts:
  alice: {password: {hash: !secret alice}}
tls: {source: test-ca}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("ANSIBLE_VAULT_PASSWORD_FILE", raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mail.yml").write_text(SPEC)
    fill(Path(), passwords=True)
    return Path()


def faults(folder: Path, vault: Vault) -> list[str]:
    source = Source(folder)
    try:
        check(source.spec(), vault, source.places)
    except SpecError as error:
        return [f"{problem.place} {problem.id}" for problem in error.problems]
    return []


def test_every_secret_is_named_with_its_kind(folder: Path) -> None:
    assert [(need.name, need.kind) for need in needed(Source(folder).spec())] == [
        ("alice", Kind.PASSWORD),
        ("dkim/example.org/ed1", Kind.DKIM),
        ("dkim/example.org/rsa1", Kind.DKIM),
        ("srs", Kind.SRS),
        ("tls/ca", Kind.AUTHORITY),
        ("tls/mx1.example.org", Kind.TLS),
    ]


def test_filled_vault_has_no_faults(folder: Path) -> None:
    assert faults(folder, Vault.open(folder)) == []


def test_missing_entries_are_all_named_where_the_spec_asks_for_them(folder: Path) -> None:
    assert faults(folder, Vault(folder / "vault.yml", b"", {})) == [
        "dkim/example.org.yml:4:14 no-secret",
        "dkim/example.org.yml:8:14 no-secret",
        "mail.yml:5:3 no-secret",
        "mail.yml:5:3 no-secret",
        "mail.yml:7:28 no-secret",
    ]


@pytest.mark.parametrize(
    ("value", "fits"), [("a good: $word", True), ("two\nlines", False), (" blank", False), ("", False)]
)
def test_password_of_the_relay_fits_into_a_line(folder: Path, value: str, fits: bool) -> None:
    with (folder / "mail.yml").open("a") as spec:
        spec.write("relay: {host: smtp.example.net, login: us, password: !secret relay}\n")
    vault = Vault.open(folder)
    vault.set("relay", value)
    assert [fault.partition(" ")[2] for fault in faults(folder, vault)] == ([] if fits else ["bad-password"])


def test_hash_without_a_scheme_is_a_fault(folder: Path) -> None:
    vault = Vault.open(folder)
    vault.set("alice", vault.get("alice").removeprefix("{ARGON2ID}"))
    assert faults(folder, vault) == ["mail.yml:7:28 bad-hash"]


def test_keys_of_others_are_faults(folder: Path) -> None:
    vault = Vault.open(folder)
    vault.set("dkim/example.org/rsa1", dkim_pair(Algorithm.RSA)[1])
    vault.set("dkim/example.org/ed1", dkim_pair(Algorithm.RSA)[1])
    vault.set("tls/mx1.example.org", certificate("mx1.example.org", *authority())[1])
    assert faults(folder, vault) == [
        "dkim/example.org.yml:4:14 bad-key",
        "dkim/example.org.yml:8:14 bad-key",
        "mail.yml:5:3 bad-key",
    ]


def test_unknown_name_is_refused_with_the_nearest(folder: Path) -> None:
    with pytest.raises(SpecError, match="write `alice`"):
        find(Source(folder).spec(), "alcie")


def test_value_that_does_not_fit_is_not_put(folder: Path) -> None:
    spec = Source(folder).spec()
    with pytest.raises(SpecError, match="bad-hash"):
        put(spec, Vault.open(folder), find(spec, "alice"), "hunter2")


def parted(roles: dict[str, set[Role]]) -> MailDomain:
    """The spec with everything on several servers, which no file can say yet."""
    spec = complete(full())
    servers = {
        name: Server.model_validate({"addresses": ["198.51.100.25"], "roles": own}) for name, own in roles.items()
    }
    tls = spec.tls.model_copy(update={"certificates": dict.fromkeys(roles, chain())})
    return spec.model_copy(update={"servers": servers, "tls": tls})


ROLES = {
    "in.example.org": {Role.MX},
    "out.example.org": {Role.SUBMISSION},
    "store.example.org": {Role.MAILBOX},
}


def test_each_server_needs_what_its_roles_need() -> None:
    spec = parted(ROLES)
    kinds = {
        server: {need.kind for need in needed(spec) if need.name in needed_by(spec, server)} for server in spec.servers
    }
    assert kinds == {
        "in.example.org": {Kind.TLS, Kind.DKIM, Kind.SRS},
        "out.example.org": {Kind.TLS, Kind.DKIM, Kind.PASSWORD, Kind.APP_PASSWORD},
        "store.example.org": {Kind.TLS, Kind.PASSWORD, Kind.APP_PASSWORD},
    }
    keys = {server: {name for name in needed_by(spec, server) if name.startswith("tls/")} for server in spec.servers}
    assert keys == {server: {f"tls/{server}"} for server in ROLES}


def test_server_with_every_role_needs_all_its_tree_has() -> None:
    spec = complete(full())
    tree = render(spec, "mx1.example.org")
    asked = {part.name for file in tree.files.values() for part in file.parts if isinstance(part, Secret)}
    asked |= {value.name for rows in tree.rows.values() for row in rows for value in row if isinstance(value, Secret)}
    assert asked == needed_by(spec, "mx1.example.org")


def test_secret_of_another_server_is_withheld() -> None:
    spec = parted(ROLES)
    vault = Vault(Path("vault.yml"), b"", {need.name: "value" for need in needed(spec)})
    mine = vault.only(needed_by(spec, "store.example.org"), "store.example.org")
    assert mine.get("account/alice") == "value"
    with pytest.raises(SpecError, match="is not for store"):
        mine.get("dkim/example.org/rsa1")
    with pytest.raises(SpecError, match="no entry"):
        mine.get("account/nobody")
