"""Patterns of addresses: many addresses in one word, by `*`, `?` and `[a-z]`.

They are no regular expressions: a word with at most two `*` is compared in one short walk, whatever a stranger writes,
and two of them can be compared with each other before any mail arrives.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator

from ..shown import shown
from .spec import Clash, refusal
from .text import domain_name, visible

if TYPE_CHECKING:
    from .domain import MailDomain

MOST = 200
"""How many patterns a spec may have: each is compared with an address that nothing else explains."""

_STARS = 2
_ALPHABET = frozenset("abcdefghijklmnopqrstuvwxyz0123456789._-")
_SIGN = re.compile(r"[a-z0-9._-]|\*|\?|\[(?:[a-z0-9](?:-[a-z0-9])?)+\]")


def pattern(value: str) -> str:
    """A pattern of local parts, with a domain unless it is the default one; in lower case.

    >>> pattern("Sales-*"), pattern("room-[0-9]@Example.net")
    ('sales-*', 'room-[0-9]@example.net')
    """
    local, at, domain = visible(value).lower().partition("@")
    signs = _SIGN.findall(local)
    if "".join(signs) != local or not 1 <= len(signs) <= 64:
        hint = "use letters, digits, `.`, `_`, `-`, and `*` for any text, `?` for a character, `[0-9]` for one of some"
        raise refusal("bad-pattern", f"`{shown(value)}` is no pattern of addresses", hint)
    if not {"*", "?"} & set(signs) and all(len(sign) == 1 for sign in signs):
        raise refusal("bad-pattern", f"`{shown(value)}` is one address", "write it as an alias of its own")
    if not set(signs) - {"*", "?"}:
        hint = "set `catch_all` of the domain, or give the pattern a beginning or an end"
        raise refusal("bad-pattern", f"`{shown(value)}` is every address", hint)
    if signs.count("*") > _STARS:
        fact = f"`{shown(value)}` holds {signs.count('*')} `*`"
        raise refusal("slow-pattern", fact, f"use at most {_STARS}: more take long to compare with a long address")
    return f"{local}@{domain_name(domain)}" if at else local


AddressPattern = Annotated[str, AfterValidator(pattern)]
"""A pattern of addresses, such as `sales-*`."""


@cache
def matcher(local: str) -> re.Pattern[str]:
    """What the local part of a pattern means, for `fullmatch`."""
    return re.compile("".join({"*": ".*", "?": "."}.get(t, t if len(t) > 1 else re.escape(t)) for t in _signs(local)))


def sample(local: str) -> str:
    """A local part that a pattern means."""
    return "".join({"*": "x1", "?": "x"}.get(sign, sign.strip("[]")[0]) for sign in _signs(local))


def meet(one: str, other: str) -> bool:
    """Whether there is a local part that both mean.

    >>> meet("sales-*", "*-bot"), meet("room-[0-4]", "room-[5-9]")
    (True, False)
    """
    first, second = ([_characters(sign) for sign in _signs(local)] for local in (one, other))

    @cache
    def rest(here: int, there: int) -> bool:
        left, right = first[here:], second[there:]
        if not left or not right:
            return not any(left + right)  # what is left may be nothing but `*`
        if not left[0] or not right[0]:
            skips = rest(here + 1, there) if not left[0] else rest(here, there + 1)
            return skips or (rest(here, there + 1) if not left[0] else rest(here + 1, there))
        return bool(left[0] & right[0]) and rest(here + 1, there + 1)

    return rest(0, 0)


def named(spec: "MailDomain") -> Iterator[tuple[str, str, str, int]]:
    """The patterns of all aliases: the domain, the local part, and the alias and the position that say so."""
    for key, alias in spec.aliases.items():
        for index, value in enumerate(alias.patterns):
            local, _, domain = spec.address(value).partition("@")
            yield domain, local, key, index


def clashes(spec: "MailDomain") -> Iterator[Clash]:
    """Patterns in a domain that is not ours, and those that mean the same address."""
    known = []
    for domain, local, key, index in named(spec):
        path = ("aliases", key, "patterns", index)
        if domain not in spec.domains:
            fact = f"`{spec.aliases[key].patterns[index]}` is in a domain that is not ours"
            yield Clash(path, "unknown-domain", fact, "add the domain, or use one we hold")
        known.append((domain, local, path))
    if len(known) > MOST:
        fact = f"the spec has {len(known)} patterns, the limit is {MOST}"
        yield Clash(known[MOST][2], "too-many-patterns", fact, "write one pattern for many, or aliases")
        return
    for (home, one, first), (domain, other, path) in combinations(known, 2):
        if home == domain and meet(one, other):
            fact = f"`{other}` and `{one}` at `{'.'.join(map(str, first))}` mean the same addresses"
            yield Clash(path, "address-twice", fact, "an address has one meaning: make one of them narrower")


def _signs(local: str) -> list[str]:
    return _SIGN.findall(local)


def _characters(sign: str) -> frozenset[str]:
    """What may stand there; nothing for `*`."""
    if sign == "*":
        return frozenset()
    meaning = re.compile("." if sign == "?" else sign if len(sign) > 1 else re.escape(sign))
    return frozenset(filter(meaning.fullmatch, _ALPHABET))
