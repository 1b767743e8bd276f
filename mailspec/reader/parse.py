"""YAML text becomes plain data; what the spec does not use of YAML 1.2 is refused.

Keys are always text. Anchors and aliases are refused: a few lines of them can stand for more data than fits in
memory. This reader decides what a text means; `lines` reads large files faster, to the same result.
"""

from sys import intern
from typing import Any

import yaml
from yaml._yaml import CParser

from ..model.secret import NAME, Secret
from ..problem import Place, Problem
from ..shown import shown
from .reading import DEPTH, Reading, Start, Stop, Worth
from .scalars import resolve
from .syntax import syntax_error, syntax_problem

PAUSE = 100_000
"""After how many events to ask whether the rest is worth reading; then again after twice as many, and so on."""


class _Twice(str):
    """A key that stood in the mapping before: its value is read and dropped."""

    __slots__ = ()


class Reader(Reading):
    """Reads one file, or a part of it: then `line` says how many lines stand before."""

    def __init__(self, text: str, file: str, worth: Worth | None = None, depth: int = 2, line: int = 0) -> None:
        super().__init__(file, worth, depth)
        self.line = line
        self.syntax_error: yaml.MarkedYAMLError | None = None
        self._text = text
        self._pause = PAUSE
        self._is_block: list[bool] = []
        try:
            self.check_characters(text)
            self._read(text)
        except yaml.MarkedYAMLError as error:
            self.syntax_error = error
            self.problems.append(syntax_problem(text, error, file, line))
            self.broken = True
        except Stop:
            self.broken = True

    def _note(self, mark: Any, id: str, fact: str, hint: str) -> None:  # noqa: A002
        self.note(Problem(self._place(mark), id, fact, hint))

    def _place(self, mark: Any) -> Place:
        return Place(self.file, self.line + mark.line + 1, mark.column + 1)

    def _read(self, text: str) -> None:
        parser: Any = CParser(text)
        stack: list[dict[str, Any] | list[Any]] = []
        keys: list[str | None] = []
        here: dict[str, Any] | list[Any] | None = None
        key: str | None = None
        wants_key = False
        documents = 0
        left = self._pause
        while True:
            event = parser.get_event()
            kind = type(event)
            left -= 1
            if not left:
                left = self._look_up(stack, keys)
            if kind is yaml.ScalarEvent:
                if wants_key:
                    key = self._key(event, here, stack, keys)
                    wants_key = False
                    continue
                value = self._scalar(event)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                if wants_key:
                    self._note(event.start_mark, "complex-key", "a key must be one text", "write `key: value`")
                    raise Stop
                self._collection(event, len(stack))
                new: dict[str, Any] | list[Any] = {} if kind is yaml.MappingStartEvent else []
                stack.append(new)
                keys.append(key)
                here, key, wants_key = new, None, kind is yaml.MappingStartEvent
                if len(stack) < 3:
                    self._is_block[len(stack) - 1 :] = [not event.flow_style]
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
                    self.note_document(self._place(event.start_mark))
                continue
            elif kind is yaml.StreamEndEvent:
                return
            else:
                continue
            if here is None:
                self.data = value
            elif type(here) is dict:
                if type(key) is str:
                    here[key] = value
                wants_key = True
            else:
                here.append(value)  # type: ignore[union-attr]
                wants_key = False

    def _look_up(self, stack: list[Any], keys: list[str | None]) -> int:
        """Pause in a long text: stop if its end is broken or its beginning no spec, else say how far to go on."""
        if self._pause == PAUSE and (error := syntax_error(self._text)):
            raise error
        self._pause *= 2
        path: list[str | int] = []
        for above, key, here in zip(stack, keys[1:], stack[1:], strict=False):
            if isinstance(above, list):
                path.append(len(above))
                above.append(here)
            elif type(key) is not str:
                break  # the value of a key that stands twice
            else:
                path.append(key)
                above[key] = here
        if stack:
            self.look(stack[0], tuple(path))
        for above, step in zip(stack, path, strict=False):
            del above[step]
        return self._pause

    def _key(self, event: Any, here: Any, stack: list[Any], keys: list[str | None]) -> str:
        mark = event.start_mark
        if event.anchor:
            self._anchor(event)
        if event.tag:
            self._note(mark, "unknown-tag", f"`{shown(event.tag)}` before a key", "remove the tag")
        key: str = intern(event.value)
        if key not in here:
            above = keys[1:]
            if (
                len(stack) <= self.depth
                and all(self._is_block[: len(stack)])
                and all(type(step) is str for step in above)
            ):
                self.starts[*(str(step) for step in above), key] = Start(mark.index - mark.column, mark.line)
            return key
        path = [*(len(above) if key is None else key for above, key in zip(stack, keys[1:], strict=False)), key]
        self.note_twice(tuple(path), self._place(mark))
        return _Twice(key)

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
        return resolve(text)

    def _collection(self, event: Any, depth: int) -> None:
        if event.anchor:
            self._anchor(event)
        if event.tag:
            self._tag(event)
        if depth >= DEPTH:
            hint = "the spec needs no more than six"
            self._note(event.start_mark, "too-deep", f"collections nest more than {DEPTH} levels deep", hint)
            raise Stop

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
        raise Stop
