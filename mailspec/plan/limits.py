"""Limits in mail terms: how much one message or client may ask for."""

from collections.abc import Iterator

from .fact import Change, Fact, FactKey, Said, View
from .setting import Setting, rises, setting_facts, settings_said
from .words import size

SETTINGS = (
    Setting(
        "login-tries",
        ("limits", "auth_rate"),
        lambda view: view.spec.limits.auth_rate,
        lambda old, new: (rises(old, new), f"one client may try {new} logins a minute instead of {old}"),
    ),
    Setting(
        "message-recipients",
        ("limits", "recipients"),
        lambda view: view.spec.limits.recipients,
        lambda old, new: (rises(old, new), f"a message may have {new} recipients instead of {old}"),
    ),
    Setting(
        "message-size",
        ("limits", "message_size"),
        lambda view: view.spec.limits.message_size,
        lambda old, new: (rises(old, new), f"a message may have at most {size(new)} instead of {size(old)}"),
    ),
)


def facts(view: View) -> Iterator[tuple[FactKey, Fact]]:
    """The limits, and for each server how far an address may branch out."""
    yield from setting_facts(view, SETTINGS)
    for name, host in view.hosts.items():
        yield ("list-room", name), Fact(host.expansion_limit, ("lists",))


def said(change: Change) -> Iterator[Said]:
    """Limits that rise or fall."""
    yield from settings_said(change, SETTINGS)
    for found in change.of("list-room"):
        if found.old and found.new:
            text = f"one message may branch out to {found.new.value} mailboxes instead of {found.old.value}"
            yield found.says("list-room", "~", found.subject, text)
