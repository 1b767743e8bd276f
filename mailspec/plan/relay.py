"""The relay in mail terms: who takes mail to the outside, and how it is protected on the way there."""

from collections.abc import Iterator

from ..model.relay import Protection
from .fact import Change, Fact, FactKey, Said, View
from .setting import Setting, setting_facts, settings_said

_STRICT = [Protection.NONE, Protection.ENCRYPT, Protection.VERIFY]
_HOW = {
    Protection.NONE: "in the open where it offers no TLS",
    Protection.ENCRYPT: "over TLS, whoever answers",
    Protection.VERIFY: "over TLS with the certificate of its name",
}


def _relay(view: View) -> str:
    relay = view.spec.relay
    return f"{relay.host} at port {relay.port}" if relay else ""


def _hands_over(old: str, new: str) -> tuple[str, str]:
    if not new:
        return "~off", f"mail to the outside goes to the servers of its domains itself, no longer by way of {old}"
    return (
        "~on" if not old else "~",
        f"mail to the outside goes to {new} instead of {old or 'the servers of its domains'}",
    )


def _protected(old: Protection, new: Protection) -> tuple[str, str]:
    case = "~stricter" if _STRICT.index(new) > _STRICT.index(old) else "~weaker"
    return case, f"mail goes to the relay {_HOW[new]}, so far {_HOW[old]}"


SETTINGS = (
    Setting("relay", ("relay",), _relay, _hands_over),
    Setting(
        "relay-login",
        ("relay", "login"),
        lambda view: view.spec.relay.login or "" if view.spec.relay else None,
        lambda old, new: ("~", f"the servers log in at the relay as {new or 'nobody'} instead of {old or 'nobody'}"),
    ),
    Setting("relay-tls", ("relay", "tls"), lambda view: view.spec.relay.tls if view.spec.relay else None, _protected),
)


def facts(view: View) -> Iterator[tuple[FactKey, Fact]]:
    """Who takes mail to the outside."""
    return setting_facts(view, SETTINGS)


def said(change: Change) -> Iterator[Said]:
    """What becomes of mail to the outside."""
    return settings_said(change, SETTINGS)
