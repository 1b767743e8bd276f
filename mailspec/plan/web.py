"""The web service in mail terms: under which name members leave lists by one click."""

from collections.abc import Iterator

from .fact import Change, Fact, FactKey, Said, View


def facts(view: View) -> Iterator[tuple[FactKey, Fact]]:
    """The name of each server's service."""
    for name, server in view.spec.servers.items():
        if server.web:
            yield ("web", name), Fact(server.web, ("servers", name, "web"))


def said(change: Change) -> Iterator[Said]:
    """Services that begin, end or are called otherwise."""
    for found in change.of("web"):
        server, old, new = found.subject, found.old and found.old.value, found.new and found.new.value
        if old and new:
            text = f"members leave lists by one click at {new} instead of {old}"
        elif new:
            text = f"{server} answers HTTPS as {new}, where members leave lists by one click"
        else:
            text = f"members leave lists by mail alone, no longer by one click at {old}"
        yield found.says("web", found.sign, server, text)
