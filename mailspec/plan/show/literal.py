"""Text of the user inside Markdown and HTML: it stays what it is, whatever stands in it."""

import html
import re
from collections.abc import Iterator

from . import words

_TOKEN = re.compile(r"`[^`]+`[,;:.)]*(?= |$)|[^ ]+| +")
_WORD = re.compile(
    r"\(?(?:[^\W\d_]+(?:['’-][^\W\d_]+)*|[0-9]+(?:[.,][0-9]+)*[KMGT]?|%)[,;:.!?)]*|[-~+=–]"  # noqa: RUF001
)
"""What a renderer leaves alone: words, numbers and plain punctuation."""

_REFERENCE = re.compile(r"\(?(?:[0-9a-f]{7,40}|gh-[0-9]+)[,;:.!?)]*", re.IGNORECASE)
"""What a forge turns into a link to a commit or an issue."""


def prose(text: str) -> str:
    """A sentence in Markdown: everything but plain words becomes code, where no markup, link or mention works.

    >>> prose("mail to info@example.org ends")
    'mail to `info@example.org` ends'
    """
    return "".join(code(part) if is_code else part for is_code, part in _parts(text))


def prose_html(text: str) -> str:
    """The same in HTML."""
    return "".join(f"<code>{element(part)}</code>" if is_code else element(part) for is_code, part in _parts(text))


def _parts(text: str) -> Iterator[tuple[bool, str]]:
    """Pieces of a sentence, and whether each is code."""
    for token in _TOKEN.findall(words.line(text)):
        if token.isspace() or (_WORD.fullmatch(token) and not _REFERENCE.fullmatch(token)):
            yield False, token
            continue
        if token.startswith("(") and len(token) > 1:
            yield False, "("
            token = token[1:]
        closes = ")" if token.count(")") > token.count("(") else ""
        body = token.rstrip(f",;:.!?{closes}") or token
        yield True, body[1:-1] if re.fullmatch("`[^`]+`", body) else body
        if rest := token[len(body) :]:
            yield False, rest


def code(text: str) -> str:
    """A code span that ends nowhere but at its end."""
    text = words.line(text)
    fence = "`" * (_longest_run(text) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def block(text: str, language: str = "") -> str:
    """A code block that ends nowhere but at its end."""
    fence = "`" * max(3, _longest_run(text) + 1)
    return f"{fence}{language}\n{text}\n{fence}"


def element(text: str) -> str:
    """Text between the tags of HTML, or in an attribute."""
    return html.escape(words.line(text), quote=True)


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall("`+", text)), default=0)
