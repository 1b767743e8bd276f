"""Sentences: names, sizes and times the way people say them."""

from collections.abc import Iterable

from ..model.domains import ROLE_NAMES

NAMED = 20
"""How many names a sentence holds; the files show the rest."""

_SIZES = ((1024**4, "T"), (1024**3, "G"), (1024**2, "M"), (1024, "K"))
_TIMES = ((86400, "day"), (3600, "hour"), (60, "minute"))


def names(found: Iterable[str], last: str = "and") -> str:
    """Names in a row, sorted.

    >>> names(["carol", "alice", "bob"])
    'alice, bob and carol'
    """
    ordered = sorted(set(found))
    if len(ordered) > NAMED:
        ordered = [*ordered[:NAMED], f"{len(ordered) - NAMED} more"]
    if len(ordered) < 2:
        return "".join(ordered)
    return f"{', '.join(ordered[:-1])} {last} {ordered[-1]}"


def standing(locals_: Iterable[str], domain: str) -> str:
    """Addresses that every domain has, such as postmaster."""
    found = set(locals_)
    if found == set(ROLE_NAMES):
        return f"postmaster, abuse and the other standing addresses of {domain}"
    return names(f"{local}@{domain}" for local in found)


def number(count: int, word: str) -> str:
    """A count with its word.

    >>> number(2, "account")
    '2 accounts'
    """
    return f"{count} {word}{'' if count == 1 else 's'}"


def size(count: int) -> str:
    """Bytes as the spec writes them."""
    for unit, letter in _SIZES:
        if count and count % unit == 0:
            return f"{count // unit}{letter}"
    return f"{count} bytes"


def time(seconds: int) -> str:
    """A time in its largest whole unit.

    >>> time(300)
    '5 minutes'
    """
    for unit, word in _TIMES:
        if seconds and seconds % unit == 0:
            return number(seconds // unit, word)
    return number(seconds, "second")
