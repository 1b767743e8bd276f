"""Names one slip of the finger away from a known one."""

from collections.abc import Iterable, Iterator

_SHORTEST = 5
"""Shorter names are all alike."""


class Near:
    """Known names, and a way to ask for the one that a mistyped name means, whatever their number.

    >>> Near(["example.org"]).find("exmaple.org")
    'example.org'
    """

    def __init__(self, known: Iterable[str]) -> None:
        self._known = set(known)
        self._near = {form: name for name in sorted(self._known, reverse=True) for form in _forms(name)}

    def find(self, name: str) -> str | None:
        """The known name that this one is nearly: a letter more, less, another or two in another order."""
        if name in self._known:
            return None
        return next((self._near[form] for form in _forms(name) if form in self._near), None)


def _forms(name: str) -> Iterator[str]:
    """The name, and what is left of it without one of its letters; two names one slip apart share such a form."""
    if len(name.rpartition(".")[0]) >= _SHORTEST:
        yield name
        for index in range(len(name)):
            yield name[:index] + name[index + 1 :]
