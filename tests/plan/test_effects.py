"""What services do about a change, as their roles say."""

from pathlib import Path

import pytest
import yaml

from mailspec.plan.effects import ROLES, services
from mailspec.plan.risk import KINDS
from tests.plan import planned


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        ("alias-added", {}),
        ("certificate-renewed", {"base": "none", "dovecot": "reload", "postfix": "reload"}),
        ("dkim-key-added", {"rspamd": "reload"}),
        ("limits-raised", {"postfix": "reload"}),
        ("resolver-forwards", {"unbound": "reload"}),
        ("resolver-without-validation", {"postfix": "reload", "unbound": "restart"}),
        ("retention-shortened", {"base": "none"}),
        ("server-without-ipv6", {"dovecot": "reload", "postfix": "restart"}),
        ("spam-reject-raised", {"rspamd": "reload"}),
        ("ssh-port", {"nftables": "reload"}),
    ],
)
def test_service_reloads_or_restarts(case: str, expected: dict[str, str], tmp_path: Path) -> None:
    assert {effect.service: effect.action for effect in planned(case, tmp_path).effects} == expected


def test_new_server_starts_every_service(tmp_path: Path) -> None:
    found = planned("server-renamed", tmp_path).effects
    assert {effect.action for effect in found} == {"start"}
    assert {effect.service for effect in found} == set(services()) - {"web"}  # nobody leaves a list there


@pytest.mark.parametrize(
    ("case", "action"), [("web-added", "start"), ("web-removed", "stop"), ("web-renamed", "reload")]
)
def test_web_service_begins_and_ends_with_its_name(tmp_path: Path, case: str, action: str) -> None:
    found = planned(case, tmp_path).effects
    assert {effect.service: effect.action for effect in found}["web"] == action


def test_every_role_is_read() -> None:
    roles = {path.name for path in ROLES.iterdir() if (path / "tasks").is_dir()}
    assert set(services()) == roles


def test_rule_of_a_role_is_a_pattern_without_a_variable() -> None:
    for path in ROLES.glob("*/tasks/main.yml"):
        for task in yaml.safe_load(path.read_text()):
            said = task.get("mailspec_stage", {})
            for key in ("reload", "restart_on", "watch"):
                assert "{{" not in str(said.get(key, "")), f"{path}: {key} is only known on the server"


def test_every_danger_and_review_has_its_reason() -> None:
    for kind in KINDS.values():
        for risk, reason in kind.cases.values():
            assert bool(reason) == (risk.word != "safe")


def test_user_learns_what_concerns_them(tmp_path: Path) -> None:
    assert planned("account-archived", tmp_path / "1").notices == (
        "bob@example.org is logged out at once and can not log in",
    )
    assert planned("account-added", tmp_path / "2").notices == ("henry@example.org can log in and receive mail",)
    assert planned("account-added-archived", tmp_path / "3").notices == ()
    assert planned("account-send-blocked", tmp_path / "4").notices == (
        "frank@example.org is told that it may not send",
    )
