"""Who may post to a list or alias, each with the part of the spec that says so."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..model.aliases import Alias
from ..model.lists import Post
from ..problem import KeyPath
from ..routing import Route, Rule, posters, speakers
from .step import Fact

if TYPE_CHECKING:
    from .trace import Trace

_POST = {
    Post.DOMAIN: "every account may post",
    Post.MEMBERS: "members may post",
    Post.MODERATORS: "moderators may post",
}


def fact(trace: "Trace", address: str, route: Route) -> Fact:
    """Who may post to a list or alias."""
    path = (*route.path, "post")
    rule = trace.rules.get(address)
    if rule is None:
        return Fact("anyone may post", path)
    named = dict(reversed(list(_ends(trace, rule))))
    allowed = sorted(posters(trace.spec, trace.table, rule.entry))
    below = tuple(Fact(_text(trace, who), _path(rule, named, who)) for who in allowed)
    others = "posts of others wait" if rule.holds else f"others get {code(rule)}"
    return Fact(f"{_POST[Post(rule.entry.post)]}, {others}", path, below)


def code(rule: Rule) -> str:
    """The reply to a stranger who may not post: where no stranger may, the recipient is refused already."""
    return "550 5.7.1" if rule.entry.post == Post.DOMAIN else "554 5.7.1"


def path_of(trace: "Trace", rule: Rule, who: str) -> KeyPath:
    """Where the spec says that somebody may post."""
    return _path(rule, dict(reversed(list(_ends(trace, rule)))), who)


def _path(rule: Rule, named: dict[str, KeyPath], who: str) -> KeyPath:
    if rule.entry.post == Post.DOMAIN:
        return ("domains", who.rpartition("@")[2])
    return named.get(who, (*rule.path, "post"))


def _text(trace: "Trace", who: str) -> str:
    if not who.startswith("@") and not trace.spec.is_ours(who):
        return f"{who}, when DMARC passes"
    return f"accounts of {who[1:]}, logged in" if who.startswith("@") else f"{who}, logged in"


def _ends(trace: "Trace", rule: Rule) -> Iterator[tuple[str, KeyPath]]:
    if isinstance(rule.entry, Alias):
        return
    word = "moderators" if rule.entry.post is Post.MODERATORS else "members"
    for index, address in trace.spec.people(rule.entry.moderators if word == "moderators" else rule.entry.members):
        for end in speakers(trace.spec, trace.table, address):
            yield end, (*rule.path, word, index)
