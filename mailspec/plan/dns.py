"""Signing and the DNS in mail terms: which keys sign, and whom the zones name."""

from collections import defaultdict
from collections.abc import Iterator

from ..problem import KeyPath
from .fact import Change, Difference, Fact, FactKey, Said, View
from .setting import Setting, setting_facts, settings_said
from .words import names

SETTINGS = (
    Setting(
        "short-names",
        ("default_domain",),
        lambda view: view.spec.main_domain,
        lambda old, new: (
            "~",
            f"names without a domain mean {new} instead of {old}, and the zones name hostmaster@{new} as contact",
        ),
    ),
)


def facts(view: View) -> Iterator[tuple[FactKey, Fact]]:
    """The keys of each domain, and what signs mail of the servers."""
    yield from setting_facts(view, SETTINGS)
    for domain in view.spec.domains:
        holder = domain if view.spec.dkim.get(domain) else view.spec.canonical(domain)
        for selector, key in view.spec.dkim_keys(domain).items():
            value = (key.algorithm.value, key.public)
            yield ("dkim", domain, selector), Fact(value, ("dkim", holder, selector))
    for name, host in view.hosts.items():
        yield ("signs-as", name), Fact(host.signing_domain, ("domains",))


def said(change: Change) -> Iterator[Said]:
    """Keys that change; those of a domain that comes or goes are in its own statement."""
    yield from settings_said(change, SETTINGS)
    yield from _keys(change)
    for found in change.of("signs-as"):
        if found.old and found.new:
            text = f"mail that {found.subject} itself sends is signed by {found.new.value} instead of {found.old.value}"
            yield found.says("server-signature", "~", found.subject, text)


def _keys(change: Change) -> Iterator[Said]:
    """A key that several names of a domain share is told once."""
    unchanged = {key for key, fact in change.new.items() if key[0] == "domain" and change.old.get(key) == fact}
    groups: dict[tuple[KeyPath, str, Fact | None, Fact | None], list[Difference]] = defaultdict(list)
    for found in change.of("dkim"):
        if ("domain", found.subject) in unchanged:
            fact = found.new or found.old or Fact(None)
            groups[fact.path, found.sign, found.old, found.new].append(found)
    for (path, sign, old, new), group in groups.items():
        found, selector = group[0], str(path[2])
        subject, whose = f"{selector}._domainkey.{path[1]}", names(each.subject for each in group)
        if sign == "+":
            text = f"mail from {whose} is also signed with the key {selector} ({_algorithm(new)})"
            yield found.says("dkim-key-added", "+", subject, text)
        elif sign == "-":
            rest = any(key[:2] == ("dkim", found.subject) for key in change.new)
            text = f"mail from {whose} is no longer signed with the key {selector} ({_algorithm(old)})"
            yield found.says("dkim-key-removed", "-", subject, text if rest else f"{text}, nor with any other")
        else:
            text = f"the key {selector} that signs mail from {whose} is replaced under the same name"
            yield found.says("dkim-key-replaced", "~", subject, text)


def _algorithm(fact: Fact | None) -> str:
    return str(fact.value[0]) if fact and isinstance(fact.value, tuple) else ""
