"""What pydantic refuses, in the words of mailspec: an id, a fact and a hint for each error."""

import difflib
import re
import types
from collections.abc import Callable, Iterator
from dataclasses import replace
from enum import Enum
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from .model.domain import MailDomain
from .model.quantity import Unit
from .model.secret import Secret
from .model.spec import Clash, ClashError, Spec, sentences
from .problem import KeyPath
from .shown import shown

MOST = 1000
"""How many errors are worth the words; beyond, the file is something else."""

_NEEDED = {
    "bool_type": ("`true` or `false`", "write `true` or `false`"),
    "dict_type": ("a mapping", "write its keys below it, or `{}` for none"),
    "float_type": ("a number", "write a number without quotes"),
    "frozen_set_type": ("a list", "put it in brackets: `[...]`"),
    "int_from_float": ("a whole number", "leave the fraction out"),
    "int_type": ("a whole number", "write a number without quotes"),
    "model_type": ("a mapping", "write its keys below it"),
    "string_type": ("a text", "put it in quotes"),
    "tuple_type": ("a list", "put it in brackets: `[...]`"),
}


def complaints(data: Any, error: ValidationError, *, partial: bool) -> list[Clash]:
    """Every error with its path in the spec.

    `partial` says that not all of the spec could be read: then nothing is said about what is missing.
    """
    if error.error_count() > MOST:
        fact = f"the spec has more than {MOST} errors"
        return [Clash((), "too-many-errors", fact, "is it a spec? begin with what `mailspec init` writes")]
    return [clash for found in error.errors(include_url=False) for clash in _clashes(data, found, partial)]


def is_clash(error: Any) -> bool:
    """Whether one of pydantic's errors is about several parts of the spec."""
    return isinstance(error.get("ctx", {}).get("error"), ClashError)


def _clashes(data: Any, error: Any, partial: bool) -> Iterator[Clash]:
    path: KeyPath = error["loc"]
    on_key = path[-1:] == ("[key]",)
    path = path[:-1] if on_key else path
    context = error.get("ctx", {})
    cause = context.get("error")
    kind = error["type"]
    if isinstance(cause, ClashError):
        if not partial:
            yield from (replace(clash, path=(*path, *clash.path)) for clash in cause.clashes)
    elif kind == "refused":
        yield Clash(path, context["id"], context["fact"], context["hint"], on_key)
    elif kind in {"missing", "missing_key"}:
        if not partial:
            yield _missing((*path, *context.values()) if kind == "missing_key" else path)
    elif kind != "too_short" or not _value(data, path):  # pydantic counts only the items it accepts
        word = _WORDING.get(kind, _wrong_type if kind in _NEEDED else _other)
        yield replace(word(path, error, _value(data, path)), on_key=on_key or kind == "extra_forbidden")


def _missing(path: KeyPath) -> Clash:
    hint = f"add it: {purpose}" if (purpose := _purpose(path)) else "add it"
    owner = f" in `{_dotted(path[:-1])}`" if path[:-1] else ""
    return Clash(path, "missing-key", f"`{path[-1]}` is missing{owner}", hint)


def _unknown_key(path: KeyPath, _error: Any, _value: Any) -> Clash:
    model = type_at(path[:-1])
    known = sorted(_keys(model)) if isinstance(model, type) and issubclass(model, BaseModel) else []
    near = difflib.get_close_matches(shown(path[-1]), known, 1)
    hint = f"write `{near[0]}`" if near else "use one of " + ", ".join(f"`{key}`" for key in known)
    owner = f" in `{_dotted(path[:-1])}`" if path[:-1] else ""
    return Clash(path, "unknown-key", f"there is no key `{shown(path[-1])}`{owner}", hint)


def _wrong_type(path: KeyPath, error: Any, value: Any) -> Clash:
    kind = error["type"]
    needed, hint = _NEEDED[kind]
    if kind == "bool_type" and isinstance(value, str):
        yes, no = {"yes", "on", "y", "true", "1"}, {"no", "off", "n", "false", "0"}
        hint = "write `true`" if value.lower() in yes else "write `false`" if value.lower() in no else hint
    elif kind == "string_type" and isinstance(value, bool | int | float):
        hint = f'put it in quotes: `"{str(value).lower()}"`'
    elif kind == "string_type":
        hint = "write one text"
    elif kind in {"tuple_type", "frozen_set_type"} and isinstance(value, str):
        hint = f"put it in brackets: `[{shown(value)}]`"
    elif kind == "model_type":
        model = type_at(path)
        keys = sorted(_keys(model)) if isinstance(model, type) and issubclass(model, BaseModel) else []
        hint = "write below it " + ", ".join(f"`{key}`" for key in keys) if keys else hint
    fact = f"`{_dotted(path)}` is {_kind(value)} where {needed} is needed"
    return Clash(path, "wrong-type", fact, hint)


def _out_of_range(path: KeyPath, error: Any, value: Any) -> Clash:
    field = _field(path)
    unit = next((item for item in (field.metadata if field else []) if isinstance(item, Unit)), Unit({}))
    limits = {word: limit for item in (field.metadata if field else []) for word, limit in _limits(item)}
    low, high = limits.get("ge"), limits.get("le")
    side = "below the minimum" if error["type"] == "greater_than_equal" else "above the maximum"
    limit = low if error["type"] == "greater_than_equal" else high
    hint = f"write at least {unit.write(low)}" if high is None and low is not None else ""
    if low is not None and high is not None:
        hint = f"write {unit.write(low)} to {unit.write(high)}"
    if field and not field.is_required():
        hint += f", or leave it out for {unit.write(field.default)}"
    number = shown(value) if isinstance(value, str) else unit.write(value)
    return Clash(path, "out-of-range", f"`{_dotted(path)}` is {number}, {side} {unit.write(limit or 0)}", hint)


def _too_short(path: KeyPath, error: Any, _value: Any) -> Clash:
    hint = f"add at least {error['ctx']['min_length']}"
    if purpose := _purpose(path):
        hint += f": {purpose}"
    return Clash(path, "out-of-range", f"`{_dotted(path)}` is empty", hint)


def _unknown_value(path: KeyPath, error: Any, value: Any) -> Clash:
    expected = type_at(path)
    choices = (
        [str(item.value) for item in expected] if isinstance(expected, type) and issubclass(expected, Enum) else []
    )
    if get_origin(expected) is Literal:
        choices = [str(choice) for choice in get_args(expected)]
    choices = choices or re.findall("'([^']*)'", error["ctx"]["expected"])  # the short form of a mapping
    near = difflib.get_close_matches(shown(value), choices, 1)
    others = "use one of " + ", ".join(f"`{choice}`" for choice in choices)
    hint = f"write `{near[0]}`" if near else f"write `{choices[0]}`" if len(choices) == 1 else others
    given = f"`{shown(value)}`" if isinstance(value, str) else _kind(value)
    return Clash(path, "unknown-value", f"`{_dotted(path)}` can not be {given}", hint)


def _other(path: KeyPath, error: Any, _value: Any) -> Clash:
    message = shown(error["msg"], 200)
    return Clash(path, "wrong-value", f"`{_dotted(path)}`: {message[:1].lower()}{message[1:]}", "see `mailspec schema`")


_WORDING: dict[str, Callable[[KeyPath, Any, Any], Clash]] = {
    "enum": _unknown_value,
    "extra_forbidden": _unknown_key,
    "greater_than_equal": _out_of_range,
    "less_than_equal": _out_of_range,
    "literal_error": _unknown_value,
    "too_short": _too_short,
}


def _dotted(path: KeyPath) -> str:
    return shown(".".join(str(step) for step in path), 120)


def _purpose(path: KeyPath) -> str:
    """What the model says of a key, to be read on; empty for a key that an administrator has chosen."""
    part = type_at(path[:-1])
    if not isinstance(part, type) or not issubclass(part, Spec):
        return ""
    names = {field.alias or name: name for name, field in part.model_fields.items()}
    text = sentences(part).get(names.get(str(path[-1]), ""), "").removesuffix(".")
    return text[:1].lower() + text[1:]


def _kind(value: Any) -> str:
    if isinstance(value, bool | int | float):
        return f"`{str(value).lower()}`"
    names = {dict: "a mapping", list: "a list", str: "a text", Secret: "a secret"}
    return names.get(type(value), "nothing")


def _value(data: Any, path: KeyPath) -> Any:
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _limits(item: Any) -> Iterator[tuple[str, int]]:
    for word in ("ge", "le"):
        if isinstance(limit := getattr(item, word, None), int):
            yield word, limit


def _keys(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """The fields of a model under the keys that stand in the spec."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _field(path: KeyPath) -> FieldInfo | None:
    model = type_at(path[:-1]) if path else None
    if not isinstance(model, type) or not issubclass(model, BaseModel):
        return None
    return _keys(model).get(str(path[-1]))


def type_at(path: KeyPath) -> Any:
    """What the model wants at a path: a class, or a type such as `dict[str, Account]`."""
    here: Any = MailDomain
    for step in path:
        if isinstance(here, type) and issubclass(here, BaseModel):
            field = _keys(here).get(str(step))
            here = _plain(field.annotation) if field else None
        else:
            inner = get_args(here)
            here = _plain(inner[1] if get_origin(here) is dict else inner[0]) if inner else None
    return here


def _plain(annotation: Any) -> Any:
    """The type without its validators and without `None`."""
    while True:
        if get_origin(annotation) is Annotated:
            annotation = get_args(annotation)[0]
        elif get_origin(annotation) in {Union, types.UnionType}:
            annotation = next(inner for inner in get_args(annotation) if inner is not types.NoneType)
        else:
            return annotation
