"""Sieve scripts of the spec: whose mail they sort, and whether they may send it elsewhere."""

from collections.abc import Iterator

from .fact import Change, Fact, FactKey, Said, View

_WHOSE = {"accounts": "mail to {0}", "domains": "mail to every account of {0}"}


def facts(view: View) -> Iterator[tuple[FactKey, Fact]]:
    """What sorts the mail of each domain and account that has a script, and from which file it comes."""
    for script in view.spec.scripts:
        yield (f"sieve-{script.kind}", script.name), Fact((script.text, script.redirects, script.source), script.path)


def said(change: Change) -> Iterator[Said]:
    """Scripts that come, change and go; what they do only Sieve can tell, but for forwarding."""
    for kind, words in _WHOSE.items():
        for found in change.of(f"sieve-{kind}"):
            old, new = (_value(fact) for fact in (found.old, found.new))
            whose = words.format(found.subject)
            if not new:
                yield found.says("sieve", "-", found.subject, f"{whose} is no longer sorted by a script of the spec")
                continue
            text, redirects, source = new
            if old and old[0] == text:
                continue  # the same script in another file
            ends = ", which may redirect it" if redirects else ""
            verb = f"is sorted by {source}" if not old else f"is sorted by another version of {source}"
            case = f"{found.sign}redirect" if redirects else found.sign
            yield found.says("sieve", case, found.subject, f"{whose} {verb}{ends}")


def _value(fact: Fact | None) -> tuple[str, bool, str] | None:
    return fact.value if fact and isinstance(fact.value, tuple) else None
