"""References to the vault."""

import pytest

from mailspec.model.secret import NAME, Secret


def test_secret_shows_its_name_only() -> None:
    assert str(Secret("account/alice")) == "<secret account/alice>"


@pytest.mark.parametrize("name", ["alice", "a", "tls/mx1.example.org", "account/alice@example.org", "1"])
def test_names_are_lower_case_paths(name: str) -> None:
    assert NAME.match(name)


@pytest.mark.parametrize("name", ["", "/etc/passwd", "../x", ".x", "Alice", "a b", "a\n", "a{{b}}", "ä", "a" * 202])
def test_other_names_are_refused(name: str) -> None:
    assert not NAME.match(name)
