"""Keyed digests: both sides compare secrets without showing them; the key lives for one run."""

import hashlib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from operator import itemgetter

Value = str | int

KEYS = {
    "account": 1,
    "app_password": 2,
    "behalf": 2,
    "closed": 2,
    "control": 2,
    "domain": 1,
    "list": 2,
    "mailing": 1,
    "member": 2,
    "moderator": 2,
    "pattern": 2,
    "poster": 2,
    "route": 2,
    "sender": 2,
    "sending": 1,
    "shared": 2,
    "vacation": 1,
}
"""How many leading columns make the primary key of a table."""

RANGE = 1000
"""How many rows one digest stands for at most: a change of one makes the server say as many."""

TAG = 8
"""How many hexadecimal digits at the beginning of an app password's entry are its tag."""


def tag(password: str) -> str:
    """What an app password is found by: the beginning of a digest that the templates of Dovecot make of it too."""
    return hashlib.sha256(password.encode()).hexdigest()[:TAG]


def content(key: bytes, data: bytes) -> str:
    """The digest of a file's content."""
    return hashlib.blake2b(data, key=key, digest_size=16).hexdigest()


def line(values: Sequence[object]) -> str:
    """A row as text, as SQLite writes it too; no value of ours holds a tab."""
    return "\t".join(map(str, values))


def lines(count: int, text: bytes) -> str:
    """The digest of neighbouring rows, one a line; without a key, so that a server may keep it beside the rows.

    It counts them, so that rows which hold a tab, as only a hand can write them, or a newline, as scripts do, are never
    taken for others.
    """
    return hashlib.blake2b(b"%d\n%s" % (count, text), digest_size=16).hexdigest()


def sealed(key: bytes, digests: Sequence[str]) -> list[str]:
    """Digests of rows as they travel."""
    return [content(key, found.encode()) for found in digests]


def row(key: bytes, values: Sequence[object]) -> str:
    """The digest of a row."""
    return content(key, line(values).encode())


def row_key(table: str, values: Sequence[object]) -> str:
    """The primary key of a row as one string."""
    return line(values[: KEYS[table]])


def starts(names: Sequence[str]) -> list[int]:
    """Where the ranges of sorted rows begin, given the first column of each; rows that share it stay together.

    Where there are too many, those that begin with another character part: a row more moves no range but its own.
    """
    return list(_starts(names, 0, len(names), 1))


def _starts(names: Sequence[str], begin: int, end: int, size: int) -> Iterator[int]:
    """Those of some of the rows, which begin alike but for the last of so many characters."""
    if end - begin <= RANGE or names[begin] == names[end - 1]:
        yield begin
        return
    while begin < end:
        after = bisect_right(names, names[begin][:size], begin, end, key=itemgetter(slice(size)))
        yield from _starts(names, begin, after, size + 1)
        begin = after
