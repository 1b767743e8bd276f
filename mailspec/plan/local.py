"""What the spec adds in the language of a service, and how runs treat what they find on a server."""

from collections.abc import Iterator

from ..model.hand_edits import HandEdits
from .fact import Change, Fact, FactKey, Said, View
from .setting import Setting, setting_facts, settings_said
from .words import number

_HAND = {
    HandEdits.REPLACE: "a run replaces managed files that somebody changed on a server",
    HandEdits.STOP: "a run stops before any change where somebody changed a managed file on a server",
}
SETTINGS = (
    Setting(
        "hand-edits",
        ("hand_edits",),
        lambda view: view.spec.hand_edits,
        lambda _, new: ("~replace" if new is HandEdits.REPLACE else "~stop", _HAND[new]),
    ),
)


def facts(view: View) -> Iterator[tuple[FactKey, Fact]]:
    """The fragments by service or file, the foreign things that nobody reports, and what becomes of hand edits."""
    yield from setting_facts(view, SETTINGS)
    local = view.spec.local
    for service in ("dovecot", "nftables", "postfix", "unbound"):
        if text := getattr(local, service):
            yield ("local", service), Fact(text, ("local", service))
    for name, text in local.rspamd.items():
        yield ("local", f"rspamd/{name}"), Fact(text, ("local", "rspamd", name))
    for pattern in view.spec.drift.ignore:
        yield ("drift", pattern), Fact(True, ("drift", "ignore"))


def said(change: Change) -> Iterator[Said]:
    """Fragments line by line, since only the service itself knows what they mean."""
    yield from settings_said(change, SETTINGS)
    for found in change.of("local"):
        old, new = ((str(fact.value).split("\n") if fact else []) for fact in (found.old, found.new))
        more = sum(new.count(line) > old.count(line) for line in dict.fromkeys(new))
        less = sum(old.count(line) > new.count(line) for line in dict.fromkeys(old))
        changes = [f"{number(n, 'line')} {word}" for n, word in ((more, "more"), (less, "less")) if n]
        text = f"settings of your own for {found.subject}: {', '.join(changes) or 'in another order'}"
        case = "firewall" if found.subject == "nftables" and more else ""
        yield found.says("local", f"{found.sign}{case}", found.subject, text)
    for found in change.of("drift"):
        word = "is left out of" if found.new else "is named again in"
        text = f"{found.subject} {word} the report of what differs on the servers"
        yield found.says("drift", found.sign, found.subject, text)
