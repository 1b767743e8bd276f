"""Spam in mail terms: what is refused, marked and delayed, and whom the filter trusts."""

from collections.abc import Iterator

from .fact import Change, Fact, FactKey, Said, View
from .setting import Setting, rises, setting_facts, settings_said
from .words import time


def _delayed(view: View) -> int | None:
    greylisting = view.spec.spam.greylisting
    return greylisting.delay if greylisting.enabled else None


def _suspicious(view: View) -> int | None:
    greylisting = view.spec.spam.greylisting
    return greylisting.score if greylisting.enabled else None


def _greylisting(old: bool, new: bool) -> tuple[str, str]:
    if new > old:
        return "~on", "suspicious mail from unknown senders is delayed until they try again (greylisting)"
    return "~off", "suspicious mail from unknown senders is no longer delayed (greylisting is off)"


SETTINGS = (
    Setting(
        "greylisting",
        ("spam", "greylisting", "enabled"),
        lambda view: view.spec.spam.greylisting.enabled,
        _greylisting,
    ),
    Setting(
        "greylisting-delay",
        ("spam", "greylisting", "delay"),
        _delayed,
        lambda old, new: (
            rises(old, new),
            f"suspicious mail from unknown senders waits {time(new)} instead of {time(old)} (greylisting)",
        ),
    ),
    Setting(
        "greylisting-score",
        ("spam", "greylisting", "score"),
        _suspicious,
        lambda old, new: (
            rises(old, new),
            f"mail from unknown senders counts as suspicious from {new} instead of {old} points (greylisting)",
        ),
    ),
    Setting(
        "spam-mark",
        ("spam", "mark"),
        lambda view: view.spec.spam.mark,
        lambda old, new: (rises(old, new), f"mail goes to the Junk folder from {new} points instead of {old}"),
    ),
    Setting(
        "spam-reject",
        ("spam", "reject"),
        lambda view: view.spec.spam.reject,
        lambda old, new: (rises(old, new), f"spam is refused from {new} points instead of {old}"),
    ),
)


def facts(view: View) -> Iterator[tuple[FactKey, Fact]]:
    """The thresholds, and each sender with a rule of its own."""
    yield from setting_facts(view, SETTINGS)
    for host in view.hosts.values():
        for sender in host.allowed_senders:
            yield ("sender-allowed", sender), Fact(True, ("spam", "allow"))
        for sender in host.denied_senders:
            yield ("sender-denied", sender), Fact(True, ("spam", "deny"))


def said(change: Change) -> Iterator[Said]:
    """What becomes of spam, and of senders with a rule."""
    yield from settings_said(change, SETTINGS)
    for found in change.of("sender-allowed"):
        who = _who(found.subject)
        if found.new:
            text = f"mail from {who} is never marked as spam, once SPF, DKIM or DMARC proves the sender"
            yield found.says("sender-allowed", "+domain" if "@" not in found.subject else "+", found.subject, text)
        else:
            text = f"mail from {who} is judged like any other again"
            yield found.says("sender-allowed", "-", found.subject, text)
    for found in change.of("sender-denied"):
        who = _who(found.subject)
        if found.new:
            yield found.says("sender-denied", "+", found.subject, f"mail from {who} is refused")
        else:
            yield found.says("sender-denied", "-", found.subject, f"mail from {who} is no longer refused outright")


def _who(sender: str) -> str:
    return sender if "@" in sender else f"every sender at {sender}"
