"""Secrets in a plan: compared by value, told by name, never shown."""

from pathlib import Path

import pytest

from mailspec import keys
from mailspec.load import load
from mailspec.model.dkim import Algorithm
from mailspec.model.domain import MailDomain
from mailspec.model.secret import Secret
from mailspec.model.servers import Server
from mailspec.plan.compare import Side, compare
from mailspec.plan.make import plan
from mailspec.plan.secrets import Secrets
from mailspec.plan.statement import Plan
from mailspec.secrets import needed
from mailspec.vault import FILE, PASSWORD_FILE, Vault
from tests.plan import BASE, told
from tests.specs import account, build, complete, parts

MARK = "MARKER-OF-A-SECRET"
SPEC = load(BASE)


@pytest.fixture(autouse=True)
def _no_password_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ANSIBLE_VAULT_PASSWORD_FILE", raising=False)


def entries(spec: MailDomain = SPEC) -> dict[str, str]:
    return {need.name: f"{MARK}-{need.name}" for need in needed(spec)}


def planned(changes: dict[str, str], before: MailDomain = SPEC, after: MailDomain = SPEC) -> Plan:
    secrets = Secrets(entries(before), {**entries(after), **changes})
    return compare(Side(before), Side(after), secrets)


def test_new_password_is_told_without_it() -> None:
    found = planned({"printer": f"{MARK}-new"})
    assert [statement.text for statement in found.statements] == ["printer@example.org's password changes (secret)"]
    assert [(change.path, change.sign) for change in found.files] == [("rows/account", "~")]
    assert "<secret printer, as it was>" in found.files[0].diff
    assert found.effects == ()


def test_new_initial_password_is_no_risk() -> None:
    (statement,) = planned({"alice": f"{MARK}-new"}).statements
    assert (statement.risk.word, statement.text.partition(" changes")[0]) == (
        "safe",
        "alice@example.org's initial password",
    )


def test_private_key_that_changes_alone_is_a_danger() -> None:
    found = planned({"dkim/example.org/rsa1": f"{MARK}-new"})
    assert [(statement.id, statement.risk.word) for statement in found.statements] == [("signing-key", "danger")]
    assert {change.path for change in found.files} == {
        "/etc/rspamd/dkim/example.org.rsa1.key",
        "/etc/rspamd/dkim/example.net.rsa1.key",
    }
    assert [(effect.service, effect.action) for effect in found.effects] == [("rspamd", "reload")]


def test_new_password_of_the_relay_is_told_without_it() -> None:
    relay = {"host": "smtp.example.net", "login": "us", "password": Secret("relay")}
    spec = build({**parts(SPEC), "relay": relay})
    found = planned({"relay": f"{MARK}-new"}, spec, spec)
    assert [(statement.id, statement.risk.word) for statement in found.statements] == [("relay-password", "review")]
    assert [change.path for change in found.files] == ["/etc/postfix/relay_password"]
    assert "smtp.example.net]:587 us:<secret relay>" in found.files[0].diff


def test_new_key_of_a_certificate_reloads_who_reads_it() -> None:
    found = planned({"tls/mx1.example.org": f"{MARK}-new"})
    assert [statement.id for statement in found.statements] == ["tls-key"]
    assert [(effect.service, effect.action) for effect in found.effects] == [
        ("base", "none"),
        ("dovecot", "reload"),
        ("postfix", "reload"),
    ]


def test_new_key_of_return_addresses_restarts_its_daemon() -> None:
    found = planned({"srs": f"{MARK}-new"})
    assert [statement.id for statement in found.statements] == ["srs-key"]
    assert [(effect.service, effect.action) for effect in found.effects] == [("srs", "restart")]


def test_key_of_the_addresses_where_members_leave_is_told() -> None:
    servers = {name: {**server.model_dump(), "web": "lists.example.org"} for name, server in SPEC.servers.items()}
    spec = SPEC.model_copy(update={"servers": {name: Server.model_validate(found) for name, found in servers.items()}})
    found = planned({"web": f"{MARK}-new"}, spec, spec)
    assert [statement.id for statement in found.statements] == ["web-key"]
    assert [(effect.service, effect.action) for effect in found.effects] == [("rspamd", "reload")]


def test_entry_under_another_name_with_the_same_value_is_no_change() -> None:
    parts = {name: getattr(SPEC, name) for name in MailDomain.model_fields}
    renamed = MailDomain.model_validate({**parts, "accounts": {**SPEC.accounts, "frank": account("frank")}})
    after = {**entries(renamed), "account/frank": entries()["frank"]}
    same = compare(Side(SPEC), Side(renamed), Secrets(entries(), after))
    assert not same.changes
    other = compare(Side(SPEC), Side(renamed), Secrets(entries(), {**after, "account/frank": f"{MARK}-new"}))
    assert [statement.id for statement in other.statements] == ["password"]


def test_entry_that_lacks_is_told() -> None:
    after = entries()
    del after["erin"]
    found = compare(Side(SPEC), Side(SPEC), Secrets(entries(), after))
    assert told(found).splitlines()[0] == (
        "~ review the vault has no entry erin, which is a password hash [secret-missing:erin]"
    )


def test_no_value_is_in_any_part_of_a_plan() -> None:
    changed = dict.fromkeys(entries(), f"{MARK}-new")
    assert MARK not in repr(planned(changed))
    assert MARK not in repr(Secrets(entries(), changed))


# --- Vaults on disk ---


def folder(path: Path, hash_: str = "old", password: str = "") -> Path:
    """A complete spec with a vault of its own."""
    spec = complete(build())
    path.mkdir()
    (path / "mail.yml").write_text(
        "mailspec: 1\npostmaster: alice\ndomains: {example.org: {}}\n"
        "servers: {mx1.example.org: {addresses: [198.51.100.25]}}\n"
        "accounts: {alice: {password: {owner: spec, hash: !secret alice}}}\n"
    )
    (path / "tls").mkdir()
    (path / "tls/mx1.example.org.pem").write_text(spec.tls.certificates["mx1.example.org"])
    (path / PASSWORD_FILE).write_text(password or "known\n")
    vault = Vault.create(path)
    vault.set("alice", f"{MARK}-{hash_}")
    vault.set("srs", f"{MARK}-key")
    vault.set("tls/mx1.example.org", f"{MARK}-key")
    vault.save()
    return path


def test_vaults_on_disk_are_compared_by_value(tmp_path: Path) -> None:
    old, new = folder(tmp_path / "old"), folder(tmp_path / "new", "new")
    assert (old / FILE).read_bytes() != (new / FILE).read_bytes()
    found = plan(new, str(old))
    assert [statement.text for statement in found.statements] == ["alice@example.org's password changes (secret)"]
    assert MARK not in repr(found)


def test_vault_written_again_with_the_same_values_is_no_change(tmp_path: Path) -> None:
    old, new = folder(tmp_path / "old"), folder(tmp_path / "new")
    assert (old / FILE).read_bytes() != (new / FILE).read_bytes()
    assert not plan(new, str(old)).changes


@pytest.mark.parametrize("closed", ["old", "new"])
def test_vault_that_can_not_be_opened_is_one_statement(tmp_path: Path, closed: str) -> None:
    old, new = folder(tmp_path / "old"), folder(tmp_path / "new", "new")
    if closed == "new":
        (new / PASSWORD_FILE).unlink()
    else:
        (old / FILE).unlink()
        (old / PASSWORD_FILE).write_text("another\n")
        Vault.create(old).save()
    found = plan(new, str(old))
    assert [(statement.id, statement.risk.word) for statement in found.statements] == [("vault", "review")]
    assert MARK not in repr(found)


def test_same_vault_is_never_opened(tmp_path: Path) -> None:
    old = folder(tmp_path / "old")
    (tmp_path / "new").mkdir()
    for path in old.rglob("*"):
        if path.is_file() and path.name != PASSWORD_FILE:
            target = tmp_path / "new" / path.relative_to(old)
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(path.read_bytes())
    assert not plan(tmp_path / "new", str(old)).changes


def test_public_part_of_a_new_key_is_what_is_shown() -> None:
    public, private = keys.dkim_pair(Algorithm.ED25519)
    parts = {name: getattr(SPEC, name) for name in MailDomain.model_fields}
    key = SPEC.dkim["example.org"]["ed1"].model_copy(update={"public": public})
    after = MailDomain.model_validate(
        {**parts, "dkim": {**SPEC.dkim, "example.org": {**SPEC.dkim["example.org"], "ed1": key}}}
    )
    found = compare(Side(SPEC), Side(after), Secrets(entries(), {**entries(), "dkim/example.org/ed1": private}))
    assert [statement.id for statement in found.statements] == ["dkim-key-replaced"]
    assert private.strip() not in repr(found)
    assert any(public in change.record for change in found.records)


def test_new_app_password_is_told_without_it() -> None:
    apps = {"phone": {"hash": Secret("app/alice/phone")}}
    spec = build({"accounts": {"alice": account("alice", app_passwords=apps)}})
    (statement,) = planned({"app/alice/phone": f"{MARK}-new"}, spec, spec).statements
    assert (statement.key, statement.risk.word) == ("app-password-secret:alice@example.org/phone", "review")
    assert statement.text == "alice@example.org's app password phone is another one (secret)"
