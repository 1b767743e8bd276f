"""Retention in mail terms: how long things stay after they are no longer needed."""

from collections.abc import Iterator

from .fact import Change, Fact, FactKey, Said, View
from .setting import Setting, rises, setting_facts, settings_said
from .words import time

SETTINGS = (
    Setting(
        "log-retention",
        ("retention", "logs"),
        lambda view: view.spec.retention.logs,
        lambda old, new: (rises(old, new), f"mail logs are kept for {time(new)} instead of {time(old)}"),
    ),
    Setting(
        "tombstone-retention",
        ("retention", "accounts"),
        lambda view: view.spec.retention.accounts,
        lambda old, new: (
            rises(old, new),
            f"the mail of an account that is removed is kept for at least {time(new)} instead of {time(old)}",
        ),
    ),
)


def facts(view: View) -> Iterator[tuple[FactKey, Fact]]:
    """How long mail and logs are kept."""
    return setting_facts(view, SETTINGS)


def said(change: Change) -> Iterator[Said]:
    """Times that rise or fall."""
    return settings_said(change, SETTINGS)
