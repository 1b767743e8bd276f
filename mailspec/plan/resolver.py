"""The resolver in mail terms: whom the servers ask for names, and whether answers are proved."""

from collections.abc import Iterator

from .fact import Change, Fact, FactKey, Said, View
from .setting import Setting, setting_facts, settings_said
from .words import names

_ROOT = "the root servers of the internet"


def _forwarders(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, str]:
    asked = names(new) or _ROOT
    return "~", f"the servers ask {asked} for names instead of {names(old) or _ROOT}"


def _anchor(old: str, new: str) -> tuple[str, str]:
    if new == "none":
        return "~off", "answers of the DNS are no longer validated (DNSSEC), nor certificates by it (DANE)"
    if old == "none":
        return "~on", f"answers of the DNS are validated (DNSSEC), starting from {_key(new)}"
    return "~", f"answers of the DNS are validated from {_key(new)} instead of {_key(old)}"


def _key(anchor: str) -> str:
    return "the key of the public root" if anchor == "iana" else f"the root key {anchor.split()[0]}"


def _root(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, str]:
    own = "a root of our own"
    if not new:
        return "~public", f"names come from {_ROOT} instead of {own}, {names(old)}"
    return "~own", f"names come from {own}, {names(new)}, instead of {names(old) or _ROOT}"


SETTINGS = (
    Setting(
        "name-lookup",
        ("resolver", "forwarders"),
        lambda view: tuple(sorted({str(address) for address in view.spec.resolver.forwarders})),
        _forwarders,
    ),
    Setting(
        "name-root",
        ("resolver", "root_hints"),
        lambda view: tuple(
            sorted({f"{name} at {address}" for host in view.hosts.values() for name, _, address in host.root_hints})
        ),
        _root,
    ),
    Setting("name-validation", ("resolver", "trust_anchor"), lambda view: view.spec.resolver.trust_anchor, _anchor),
)


def facts(view: View) -> Iterator[tuple[FactKey, Fact]]:
    """Whom the servers ask, and what they believe."""
    return setting_facts(view, SETTINGS)


def said(change: Change) -> Iterator[Said]:
    """What becomes of name lookups."""
    return settings_said(change, SETTINGS)
