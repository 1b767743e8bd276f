"""Mass changes: much at once is a danger of its own."""

from collections.abc import Iterator

from .fact import Change, Difference, Fact, Said
from .words import number

MASS = 30
"""The percentage of accounts or lists from which a removal is a mass change."""


def said(change: Change) -> Iterator[Said]:
    """Whether more than `MASS` % of the accounts or lists go; one alone is no mass."""
    accounts = change.before.mailboxes.keys()
    lists = change.before.spec.mailing_lists.keys()
    gone = accounts - change.after.mailboxes.keys()
    ended = {address for address in lists - change.after.spec.mailing_lists.keys() if not change.after.ends(address)}
    for word, known, lost in (("account", accounts, gone), ("list", lists, ended)):
        if len(lost) > 1 and len(lost) * 100 > len(known) * MASS:
            text = f"{len(lost)} of {number(len(known), word)} are removed at once"
            found = Difference(("mass", f"{word}s"), Fact(None), Fact(None, (f"{word}s",)))
            yield found.says("mass-removal", "-", f"{word}s", text)
