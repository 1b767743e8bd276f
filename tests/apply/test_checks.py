"""What the checks of services say about Sieve scripts, without a compiler."""

from collections.abc import Sequence

import pytest

from mailspec.server.checks import dovecot

ALICE = "/etc/dovecot/sieve/accounts/alice@example.org.sieve"
BOB = "/etc/dovecot/sieve/accounts/bob@example.org.sieve"
COMPANY = "/etc/dovecot/sieve/domains/example.org.sieve"
SAID = """\
alice@example.org: line 4: error: unknown command 'filinto' (only reported once at first occurrence).
alice@example.org: line 7: error: unknown command 'bar' (only reported once at first occurrence).
alice@example.org: error: validation failed.
sievec: Fatal: failed to compile sieve script
"""


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands, of a compiler that dislikes the script of alice; that of bob is of no use to it at all."""
    found: list[str] = []

    def run(argv: Sequence[str], timeout: int = 60) -> tuple[int, str]:  # noqa: ARG001
        found.append(" ".join(argv))
        if argv[-1] in {ALICE, "/etc/dovecot/sieve/accounts"}:
            return 89, SAID
        return (134, "Aborted") if argv[-1] == BOB else (0, "")

    monkeypatch.setattr(dovecot, "run", run)
    return found


def test_every_script_of_a_bad_folder_is_asked_for(asked: list[str]) -> None:
    assert dovecot.check([ALICE, BOB, COMPANY, "/etc/dovecot/sieve/junk.sieve"]) == [
        f"error: {ALICE}:4: unknown command 'filinto' (only reported once at first occurrence).",
        f"error: {ALICE}:7: unknown command 'bar' (only reported once at first occurrence).",
        f"error: {BOB}: Aborted",
    ]
    assert len(asked) == 5  # the folder, each script, and the settings of Dovecot


def test_good_scripts_cost_one_call_for_each_folder(asked: list[str]) -> None:
    assert dovecot.check([COMPANY]) == []
    assert asked == ["doveconf -n", "sievec /etc/dovecot/sieve/domains"]
