"""What every part of the spec has in common, and how a rule across parts reports a clash."""

import ast
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from textwrap import dedent
from typing import Any

from pydantic import BaseModel, ConfigDict, WrapValidator
from pydantic_core import PydanticCustomError

from ..problem import KeyPath


class Spec(BaseModel):
    """A part of the spec: frozen, and an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


@cache
def sentences(part: type[Spec]) -> dict[str, str]:
    """What stands below each field of a part; pydantic would read the sources of all parts at every start."""
    (found,) = ast.parse(dedent(inspect.getsource(part))).body
    said = dict[str, str]()
    for field, below in pairwise(found.body if isinstance(found, ast.ClassDef) else ()):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(below, ast.Expr):
            said[field.target.id] = inspect.cleandoc(ast.literal_eval(below.value))
    above = [sentences(base) for base in part.__bases__ if issubclass(base, Spec)]
    return {name: text for known in (*above, said) for name, text in known.items()}


@dataclass(frozen=True)
class Clash:
    """Two parts of the spec that do not fit together."""

    path: KeyPath
    id: str
    fact: str
    hint: str
    on_key: bool = False
    """Whether the key at the end of the path is wrong, rather than its value."""


class ClashError(ValueError):
    """Raised by a validator that sees several parts; carries every clash it found."""

    def __init__(self, clashes: list[Clash]) -> None:
        self.clashes = clashes
        super().__init__("; ".join(c.fact for c in clashes))


def refusal(id: str, fact: str, hint: str) -> PydanticCustomError:  # noqa: A002
    """The error a field type raises for a value it refuses."""
    return PydanticCustomError("refused", "{fact}", {"id": id, "fact": fact, "hint": hint})


def distinct(canonical: Callable[[str], str]) -> WrapValidator:
    """Refuse a mapping in which two keys are spellings of one name, of which only the last would count."""

    def check(value: Any, handler: Callable[[Any], Any]) -> Any:
        result = handler(value)
        if len(result) == len(value):
            return result
        first: dict[str, str] = {}
        found = []
        for key in value:
            other = first.setdefault(canonical(key), key)
            if other != key:
                fact = f"`{key}` and `{other}` are the same name, `{canonical(key)}`"
                found.append(Clash((key,), "duplicate-key", fact, "keep one of them", on_key=True))
        raise ClashError(found)

    return WrapValidator(check)
