"""Mailing lists in mail terms: who runs them, who joins them, whose posts wait, and what else members notice."""

from collections.abc import Iterator
from typing import NamedTuple, cast

from ..model.lists import Kind, List, Membership, Moderation, ReplyTo, Subscription
from .fact import Change, Fact, FactKey, Said, View
from .words import names

_WAIT = {Moderation.ALL: "every post", Moderation.NONE: "no post", Moderation.STRANGERS: "what strangers post"}


class _Joins(NamedTuple):
    """Who says who is on a list, and who may join it."""

    membership: Membership
    subscription: Subscription


class _Settings(NamedTuple):
    """What changes nothing about who gets what."""

    prefix: str | None
    reply_to: ReplyTo
    message_size: int
    archive: bool
    digest: int
    bounces: int
    moderators: frozenset[str]
    owners: frozenset[str]


_WORDS = (
    *("subject prefix", "whom answers go to", "the largest post", "the archive", "the digest"),
    *("the patience with returned mail", "the moderators", "the owners"),
)


def facts(view: View) -> Iterator[tuple[FactKey, Fact]]:
    """How each list is run."""
    for name, entry in view.spec.lists.items():
        address, path = view.spec.address(name), ("lists", name)
        yield ("list-kind", address), Fact(entry.kind, (*path, "kind"))
        if entry.is_mailing:
            joins = _Joins(entry.membership, entry.subscription)
            yield ("list-membership", address), Fact(joins, (*path, "membership"))
            yield ("list-moderation", address), Fact(entry.moderation, (*path, "moderation"))
            yield ("list-settings", address), Fact(_settings(view, entry), path)


def _settings(view: View, entry: List) -> _Settings:
    people = (
        frozenset(view.login(who) for _, who in view.spec.people(named)) for named in (entry.moderators, entry.owners)
    )
    return _Settings(
        entry.prefix, entry.reply_to, entry.message_size, entry.archive, entry.digest, entry.bounces, *people
    )


def said(change: Change) -> Iterator[Said]:
    """What becomes of mailing lists."""
    for found in change.of("list-kind"):
        old, new = (fact.value if fact else Kind.DISTRIBUTION for fact in (found.old, found.new))
        address = found.subject
        if found.new is None and old is not Kind.DISTRIBUTION:
            yield found.says("list-kind", "-", address, f"{address} ends; its archive and members are kept for a while")
        elif new is Kind.DISTRIBUTION and old is not new:
            text = f"{address} is a plain distribution list now; who joined by mail gets nothing any more"
            yield found.says("list-kind", "~distribution", address, text)
        elif old is not new:
            case = "~" if found.old and old is Kind.DISTRIBUTION else "~other" if found.old else "+"
            yield found.says("list-kind", case, address, f"{address} is a list for {new}s{_joining(change, address)}")
    for found in change.of("list-membership"):
        if found.old and found.new:
            case, text = _membership(found.subject, found.old.value, found.new.value)
            yield found.says("list-membership", case, found.subject, text)
    for found in change.of("list-moderation"):
        if found.old and found.new:
            new = Moderation(str(found.new.value))
            text = f"{_WAIT[new]} to {found.subject} waits for a moderator"
            yield found.says("list-moderation", f"~{new}", found.subject, text)
    for found in change.of("list-settings"):
        if found.old and found.new:
            changed = names(_changed(found.old.value, found.new.value))
            yield found.says("list-settings", "~", found.subject, f"{found.subject} changes: {changed}")


def _joining(change: Change, address: str) -> str:
    entry = change.after.spec.mailing_lists[address]
    who = {Subscription.OPEN: "anybody", Subscription.MODERATED: "whoever its owners let in"}
    return f", which {who[entry.subscription]} may join by mail" if entry.subscription in who else ""


def _changed(old: object, new: object) -> Iterator[str]:
    for word, before, after in zip(_WORDS, cast(_Settings, old), cast(_Settings, new), strict=True):
        if before != after:
            yield word


def _membership(address: str, old: object, new: object) -> tuple[str, str]:
    """The case and the sentence about who is on a list."""
    before, joins = cast(_Joins, old), cast(_Joins, new)
    if joins.membership is Membership.SPEC:
        return "~spec", f"the spec alone says who is on {address}; who joined by mail is taken off"
    if joins.membership is Membership.USERS and before.membership is not Membership.USERS:
        return "~users", f"the members of {address} come and go by mail, also those the spec names"
    if joins.subscription is Subscription.CLOSED:
        return "~closed", f"nobody joins {address} by mail; members may leave"
    who = "anybody" if joins.subscription is Subscription.OPEN else "whoever its owners let in"
    return f"~{joins.subscription}", f"{who} may join {address} by mail"
