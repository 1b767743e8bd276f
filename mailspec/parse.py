"""YAML text becomes plain data; what the spec does not use of YAML 1.2 is refused.

Scalars resolve by the core schema, so `no` and `0777` are text. Keys are always text. Anchors and aliases are
refused: a few lines of them can stand for more data than fits in memory.
"""

import re
from typing import Any

import yaml
from yaml._yaml import CParser

from .model.secret import NAME, Secret
from .problem import Place, Problem
from .shown import shown

DEPTH = 20
"""How deep collections may nest; the model needs six."""

MOST = 100
"""How many problems one file may have before reading stops."""

# what YAML does not allow in a stream, and the line separators that only some programs count as such
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_WORDS: dict[str, Any] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})\Z|0o[0-7]{1,20}\Z|0x[0-9a-fA-F]{1,15}\Z")
_FLOAT = re.compile(r"[-+]?(?:(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]+)?|[0-9]+[eE][-+]?[0-9]+)\Z")

_SYNTAX = {
    "mapping values are not allowed": (
        "a `:` follows where no key can stand",
        "put the text in quotes if the `:` belongs to it, or mend the indentation",
    ),
    "could not find expected ':'": ("a text stands where a key is needed", "write `key: value`"),
    "did not find expected key": (
        "this does not belong to the lines above",
        "mend the indentation, or put the text before it in quotes",
    ),
    "found unexpected end of stream": ("the quote is never closed", "close it"),
    "expected ',' or ']'": (
        "a `,` or `]` is missing before this",
        "write `[a, b]`",
    ),
    "expected ',' or '}'": (
        "a `,` or `}` is missing before this",
        "write `{a: 1, b: 2}`",
    ),
    "cannot start any token": ("no text can begin with this character", "put the text in quotes"),
    "undefined tag handle": ("this tag is unknown", "the only tag is `!secret NAME`"),
}
"""What libyaml says, and how we say it."""


class _Stop(Exception):  # noqa: N818 - it ends the reading, the problem is already noted
    """Raised when the rest of a file can not be read."""


class Reader:
    """Reads one file: `data` is what it holds, `problems` what is wrong, `broken` whether the rest was not read."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.data: Any = None
        self.problems: list[Problem] = []
        self.twice: list[tuple[tuple[str | int, ...], Place]] = []
        """Keys that stand twice in one mapping: the path of the first, the place of the second."""
        self.broken = False
        if match := _FORBIDDEN.search(text):
            before = text[: match.start()]
            line, column = before.count("\n") + 1, match.start() - before.rfind("\n")
            fact = f"the character U+{ord(match[0]):04X} has no place in YAML"
            self.problems.append(Problem(Place(file, line, column), "bad-character", fact, "remove it"))
            self.broken = True
            return
        try:
            self._read(text)
        except yaml.MarkedYAMLError as error:
            self._syntax(text, error)
            self.broken = True
        except _Stop:
            self.broken = True

    def _note(self, mark: Any, id: str, fact: str, hint: str) -> None:  # noqa: A002
        place = Place(self.file, mark.line + 1, mark.column + 1)
        self.problems.append(Problem(place, id, fact, hint))
        if len(self.problems) >= MOST:
            raise _Stop

    def _syntax(self, text: str, error: yaml.MarkedYAMLError) -> None:
        mark: Any = error.problem_mark
        fact = error.problem or "this is no YAML"
        if error.context_mark and fact in {"could not find expected ':'", "found unexpected end of stream"}:
            mark = error.context_mark  # where the text begins; the problem is noticed only after it
        lines = text.split("\n")
        if mark.line >= len(lines) or not "".join(lines[mark.line :])[mark.column :].strip():
            mark = error.context_mark or mark
            if "flow" in (error.context or ""):
                self._note(mark, "syntax", "the bracket that opens here is never closed", "close it")
                return
        line = lines[min(mark.line, len(lines) - 1)]
        if "cannot start any token" in fact and line[mark.column :].startswith("\t") | line.startswith("\t"):
            self._note(mark, "tab", "a tab can not indent", "indent with blanks")
            return
        plain = (fact, "mend the line, or put the text in quotes")
        self._note(mark, "syntax", *next((words for part, words in _SYNTAX.items() if part in fact), plain))

    def _read(self, text: str) -> None:
        parser: Any = CParser(text)
        stack: list[dict[str, Any] | list[Any]] = []
        keys: list[str | None] = []
        here: dict[str, Any] | list[Any] | None = None
        key: str | None = None
        wants_key = False
        documents = 0
        while True:
            event = parser.get_event()
            kind = type(event)
            if kind is yaml.ScalarEvent:
                if wants_key:
                    key = self._key(event, here, stack, keys)
                    wants_key = False
                    continue
                value = self._scalar(event)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                if wants_key:
                    self._note(event.start_mark, "complex-key", "a key must be one text", "write `key: value`")
                    raise _Stop
                self._collection(event, len(stack))
                new: dict[str, Any] | list[Any] = {} if kind is yaml.MappingStartEvent else []
                stack.append(new)
                keys.append(key)
                here, key, wants_key = new, None, kind is yaml.MappingStartEvent
                continue
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                value = stack.pop()
                key = keys.pop()
                here = stack[-1] if stack else None
            elif kind is yaml.AliasEvent:
                self._anchor(event)
                continue
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    hint = "keep the part before `---`"
                    self._note(event.start_mark, "several-documents", "a second document begins here", hint)
                    raise _Stop
                continue
            elif kind is yaml.StreamEndEvent:
                return
            else:
                continue
            if here is None:
                self.data = value
            elif type(here) is dict:
                if key is not None:
                    here[key] = value
                wants_key = True
            else:
                here.append(value)  # type: ignore[union-attr]

    def _key(self, event: Any, here: Any, stack: list[Any], keys: list[str | None]) -> str | None:
        if event.anchor:
            self._anchor(event)
        if event.tag:
            self._note(event.start_mark, "unknown-tag", f"`{shown(event.tag)}` before a key", "remove the tag")
        if event.value not in here:
            return str(event.value)
        path = [*(len(above) if key is None else key for above, key in zip(stack, keys[1:], strict=False)), event.value]
        self.twice.append((tuple(path), Place(self.file, event.start_mark.line + 1, event.start_mark.column + 1)))
        if len(self.twice) >= MOST:
            raise _Stop
        return None  # its value is read and dropped

    def _scalar(self, event: Any) -> Any:
        if event.anchor:
            self._anchor(event)
        text: str = event.value
        if event.tag == "!secret":
            if not text:
                self._note(event.start_mark, "secret-name", "`!secret` needs a name", "write `!secret NAME`")
            elif not NAME.match(text):
                hint = "write `!secret NAME`, of lower-case letters, digits and `.`, `_`, `@`, `/`, `-`"
                self._note(event.start_mark, "secret-name", f"`{shown(text)}` is no name of a secret", hint)
            return Secret(text)
        if event.tag:
            self._tag(event)
        if not event.implicit[0]:
            return text
        if text in _WORDS:
            return _WORDS[text]
        if text[0] in "0123456789+-.":
            if _INTEGER.match(text):
                return int(text, 0)
            if _FLOAT.match(text):
                return float(text)
        return text

    def _collection(self, event: Any, depth: int) -> None:
        if event.anchor:
            self._anchor(event)
        if event.tag:
            self._tag(event)
        if depth >= DEPTH:
            hint = "the spec needs no more than six"
            self._note(event.start_mark, "too-deep", f"collections nest more than {DEPTH} levels deep", hint)
            raise _Stop

    def _tag(self, event: Any) -> None:
        tag = event.tag.replace("tag:yaml.org,2002:", "!!")
        if tag == "!secret":
            self._note(
                event.start_mark, "secret-name", "`!secret` needs a name, not a collection", "write `!secret NAME`"
            )
        else:
            hint = "remove it; the only tag is `!secret NAME`"
            self._note(event.start_mark, "unknown-tag", f"the tag `{shown(tag)}` is unknown", hint)

    def _anchor(self, event: Any) -> None:
        kind, sign = ("alias", "*") if type(event) is yaml.AliasEvent else ("anchor", "&")
        fact = f"the {kind} `{sign}{shown(event.anchor)}` is refused"
        self._note(event.start_mark, "anchor", fact, "write the value itself each time it is needed")
        raise _Stop
