"""Domains in mail terms: which domains mail is received for, and which is another name for which."""

from collections.abc import Iterator

from ..model.domains import ROLE_NAMES
from .fact import Change, Fact, FactKey, Said, View
from .words import names


def facts(view: View) -> Iterator[tuple[FactKey, Fact]]:
    """Each domain with the one that holds its addresses."""
    for name in view.spec.domains:
        yield ("domain", name), Fact(view.spec.canonical(name), ("domains", name))
        if sign := view.spec.domains[view.spec.canonical(name)].separator:
            yield ("detail", name), Fact(sign.value, ("domains", name, "separator"))


def _details(change: Change) -> Iterator[Said]:
    """The second sign that begins a detail."""
    for found in change.of("detail"):
        domain = found.subject
        if domain in change.removed_domains():
            continue
        old, new = (f"`NAME{fact.value}x@{domain}`" if fact else "" for fact in (found.old, found.new))
        text = f"mail to {new} is mail to NAME, unless the address has a meaning of its own" if new else ""
        so_far = f"{old} is no longer mail to NAME" if old else ""
        yield found.says("detail", "~" if old else "+", domain, ", and ".join(part for part in (text, so_far) if part))


def said(change: Change) -> Iterator[Said]:
    """Domains that come, go, or become another name for one."""
    yield from _details(change)
    for found in change.of("domain"):
        domain = found.subject
        old, new = str(found.old.value) if found.old else "", str(found.new.value) if found.new else ""
        if not new and old != domain:
            text = f"mail for {domain}, so far another name for {old}, is refused"
            yield found.says("domain-removed", "-", domain, text)
        elif not new:
            known = [a for a in change.before.table if a.endswith(f"@{domain}") and change.before.ends(a)]
            lost = [a for a in known if a.partition("@")[0] not in ("", *ROLE_NAMES)]
            text = f"mail for {domain} is refused" + (f", such as to {names(lost)}" if lost else "")
            yield found.says("domain-removed", "-", domain, text)
        elif not old and new != domain:
            text = f"{domain} becomes another name for {new}: each address exists in both"
            yield found.says("domain-added", "+", domain, text)
        elif not old:
            reader = names(change.after.ends(f"postmaster@{domain}"))
            text = f"mail for {domain} is received; postmaster, abuse and the like reach {reader}"
            yield found.says("domain-added", "+", domain, text)
        elif new == domain:
            text = f"{domain} has addresses of its own, and is no longer another name for {old}"
            yield found.says("domain-alias", "~", domain, text)
        else:
            before = "with addresses of its own" if old == domain else f"for {old}"
            yield found.says("domain-alias", "~", domain, f"{domain} is another name for {new}, so far {before}")
