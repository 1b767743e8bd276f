"""UCL, the language of Rspamd's configuration, as far as names, values and lines go."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""(?P<skip>\s+|\#[^\n]*|/\*.*?\*/)
      | (?P<here><<(?P<mark>[A-Z]+)\n.*?\n(?P=mark)\n)
      | (?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
      | (?P<sign>[{}\[\];,=:])
      | (?P<word>[^\s{}\[\];,="']+)""",
    re.DOTALL | re.VERBOSE,
)


@dataclass(frozen=True)
class Setting:
    """A name with its value, or a section."""

    name: str
    value: str
    line: int
    section: bool = False
    quoted: bool = False
    """Whether the value is a string in quotes, a list or a text."""
    quoted_name: bool = False
    """Whether somebody else chose the name: a domain, a symbol, a header."""


def settings(text: str) -> Iterator[Setting]:
    """Every setting of a file, those in sections too."""
    tokens = [(match.lastgroup or "", match[0], match.start()) for match in _TOKEN.finditer(text)]
    tokens = [token for token in tokens if token[0] != "skip"]
    at = 0
    while at < len(tokens):
        kind, word, start = tokens[at]
        at += 1
        if kind not in {"word", "text"} or word.startswith("."):
            continue
        name, quoted_name, line = word.strip("\"'"), kind == "text", text.count("\n", 0, start) + 1
        while at < len(tokens) and tokens[at][1] in {"=", ":"}:
            at += 1
        if at < len(tokens) and tokens[at][0] == "text" and at + 1 < len(tokens) and tokens[at + 1][1] == "{":
            at += 1  # the name of a section, such as `upstream "local" {`
        if at < len(tokens) and tokens[at][1] == "{":
            at += 1
            yield Setting(name, "", line, section=True, quoted_name=quoted_name)
            continue
        first = at
        depth = 0
        while at < len(tokens) and (depth or tokens[at][1] not in {";", "}", ","}):
            depth += {"[": 1, "]": -1}.get(tokens[at][1], 0)
            if depth and tokens[at][1] == "{":
                break  # a list of sections, read as sections
            at += 1
            if not depth and tokens[at - 1][0] == "here":
                break
        value = text[tokens[first][2] : tokens[at][2] if at < len(tokens) else len(text)].strip() if first < at else ""
        quoted = first < at and (tokens[first][0] in {"text", "here"} or tokens[first][1] == "[")
        yield Setting(name, value, line, quoted=quoted, quoted_name=quoted_name)
