"""Numbers with a unit: sizes in bytes (`10G`) and times in seconds (`5m`)."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from ..shown import shown
from .spec import refusal

_QUANTITY = re.compile(r"([0-9]{1,15}) ?([A-Za-z]?)")
_BYTES = {"": 1, "K": 1024, "M": 1024**2, "G": 1024**3, "T": 1024**4}
_SECONDS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}


@dataclass(frozen=True)
class Unit:
    """The units of a quantity, for those who write one."""

    sizes: dict[str, int]

    def write(self, number: int) -> str:
        """A number with the largest unit that divides it.

        >>> Unit({"s": 1, "m": 60}).write(300)
        '5m'
        """
        for name, size in sorted(self.sizes.items(), key=lambda unit: -unit[1]):
            if number and number % size == 0:
                return f"{number // size}{name}"
        return str(number)


def _reader(units: dict[str, int], example: str) -> Callable[[Any], int]:
    """What reads a quantity with one of these units."""

    @lru_cache(1000)  # the same few stand in very many accounts
    def number(text: str) -> int:
        match = _QUANTITY.fullmatch(text)
        if not match or match[2] not in units:
            known = ", ".join(unit for unit in units if unit)
            raise refusal("bad-unit", f"`{shown(text)}` is no quantity", f"write `{example}`; units: {known}")
        return int(match[1]) * units[match[2]]

    def read(value: Any) -> int:
        if isinstance(value, str):
            return number(value)
        if isinstance(value, bool) or not isinstance(value, int):
            hint = f"write a number and a unit, such as `{example}`"
            raise refusal("wrong-type", f"`{shown(value).lower()}` is no quantity", hint)
        return number(str(value))

    return read


Bytes = Annotated[
    int,
    BeforeValidator(_reader(_BYTES, "10G")),
    Unit(_BYTES),
    WithJsonSchema({"type": ["integer", "string"], "pattern": "^[0-9]{1,15} ?[KMGT]?$"}),
]
"""A size in bytes; K, M, G and T are powers of 1024."""

Seconds = Annotated[
    int,
    BeforeValidator(_reader(_SECONDS, "5m")),
    Unit(_SECONDS),
    WithJsonSchema({"type": ["integer", "string"], "pattern": "^[0-9]{1,15} ?[smhdw]?$"}),
]
"""A time in seconds; s, m, h, d and w may follow the number."""
