"""Plain data as the YAML of a spec, on one line or, for an entry, with its keys below it."""

import json
from typing import Any

from ..model.secret import Secret
from ..reader.parse import Reader


def flow(value: Any) -> str:
    """A value on one line, as it can stand anywhere in a spec.

    >>> flow({"name": "Ann: x", "quota": "10G", "aliases": ["no", "1"], "receive": False})
    '{name: "Ann: x", quota: 10G, aliases: [no, "1"], receive: false}'
    """
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key(name)}: {flow(below)}" for name, below in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    if isinstance(value, Secret):
        return f"!secret {value.name}"
    if isinstance(value, str):
        return scalar(value)
    return json.dumps(value)


def scalar(text: str, style: str | None = None) -> str:
    """A text, in quotes where it would mean something else, or where the text it replaces has them (its `style`)."""
    if style == "'" and _means(f"'{text.replace(chr(39), chr(39) * 2)}'", text):
        return f"'{text.replace(chr(39), chr(39) * 2)}'"
    if style != '"' and "\n" not in text and _means(text, text):
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(letter if letter.isprintable() else f"\\U{ord(letter):08x}" for letter in quoted)


def key(text: str, style: str | None = None) -> str:
    """A key; unlike a value it is always a text, so a number needs no quotes."""
    if not style and "\n" not in text and Reader(f"{{{text}: 0}}", "").data == {text: 0}:
        return text
    return scalar(text, style or '"')


def entry(name: str, value: Any, indent: int, step: int) -> str:
    """An entry on lines of its own: with its keys below it, further in by `step`, or behind it when `step` is 0."""
    head = " " * indent + key(name) + ":"
    if not step or not isinstance(value, dict) or not value:
        return f"{head} {flow(value)}"
    return "\n".join([head, *(f"{' ' * (indent + step)}{key(below)}: {flow(value[below])}" for below in value)])


def _means(written: str, text: str) -> bool:
    """Whether this is read back as the text, in brackets or out of them."""
    return all(Reader(around, "").data == [text] for around in (f"[{written}]", f"- {written}"))
