"""Alphabets: whether a word mixes letters that no language writes together (UTS 39)."""

import unicodedata

import idna

_TOGETHER = (
    {"BOPOMOFO", "CJK", "LATIN"},
    {"CJK", "HANGUL", "LATIN"},
    {"CJK", "HIRAGANA", "KATAKANA", "LATIN"},
)
"""Scripts that are written in one word."""


def mixed(domain: str) -> tuple[str, ...]:
    """The scripts of the first label that mixes some; empty when none does."""
    for label in domain.split("."):
        if label.startswith("xn--"):
            try:
                text = idna.decode(label)
            except (idna.IDNAError, UnicodeError):
                continue
            names = {unicodedata.name(letter, "?").split()[0] for letter in text if letter.isalpha()}
            if len(names) > 1 and not any(names <= together for together in _TOGETHER):
                return tuple(sorted(name.capitalize() for name in names))
    return ()
